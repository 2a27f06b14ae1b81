/** Characters in the checkout's path that a tool cannot handle. ECMAScript 5, since scripts/run.cjs loads it. */
'use strict'
var path = require('path')

/** Parts of an address for the bundler, and a name that Node cannot import from. */
var REFUSED = process.platform === 'win32' ? '#?' : '#?\\'
/** Vitest decodes paths as if they were addresses. */
var REFUSED_BY_TESTS = '%'

/**
 * What is wrong with the checkout's path, in one sentence; null: nothing.
 * @param {string} root
 * @param {boolean} [tests] whether the tests are to run there
 */
function problemWithFolder(root, tests) {
  for (var i = 0; i < root.length; i++) {
    var character = root.charAt(i)
    var isControl = character < ' ' || character === '\x7f'
    if (isControl || REFUSED.indexOf(character) >= 0) return sentence(root, isControl ? null : character, 'the build')
    if (tests && REFUSED_BY_TESTS.indexOf(character) >= 0) return sentence(root, character, 'the tests')
  }
  return null
}

function sentence(root, character, tool) {
  var what = character === null ? 'a control character' : '"' + character + '"'
  var fault = 'The path ' + JSON.stringify(root) + ' contains ' + what + ', which ' + tool + ' cannot handle'
  return fault + ': move the project or rename the folder, and try again.'
}

/** Ends the process with that sentence, if there is one. */
function assertFolder() {
  var problem = problemWithFolder(path.resolve(__dirname, '..', '..'))
  if (problem === null) return
  process.stderr.write('error: ' + problem + '\n')
  process.exit(1)
}

exports.problemWithFolder = problemWithFolder
exports.assertFolder = assertFolder
