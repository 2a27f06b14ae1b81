/**
 * The entry of every npm script: `node scripts/run.cjs NAME [WORD…]` checks Node and the checkout's path, then runs
 * scripts/NAME.mjs. What is loaded before that keeps to syntax that any Node can parse.
 */
'use strict'
var path = require('path')

require('./setup/node-version.cjs').assertNode()
require('./setup/folder-name.cjs').assertFolder()
require('./setup/import-file.cjs').importFile(path.join(__dirname, process.argv[2] + '.mjs'))
