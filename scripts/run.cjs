/**
 * The entry of every npm script: `node scripts/run.cjs NAME [WORD…]` checks Node, then runs scripts/NAME.mjs.
 * It and node-version.cjs keep to syntax that any Node can parse, so that an old one ends in a sentence.
 */
'use strict'
var path = require('path')

require('./setup/node-version.cjs').assertNode()
require('./setup/import-file.cjs').importFile(path.join(__dirname, process.argv[2] + '.mjs'))
