/** Runs a script in this process as if Node had been started with it. Apart from run.cjs, whose syntax is older. */
'use strict'
const { pathToFileURL } = require('url')

/** @param {string} file its words are those of this process after the script's name */
exports.importFile = (file) => {
  process.argv.splice(1, 2, file)
  return import(pathToFileURL(file).href)
}
