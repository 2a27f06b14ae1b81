/** The check of the machine's Node, before anything else is loaded. Keeps to syntax that any Node can parse. */
'use strict'

/** Whether version `have` is at least version `needed`, both like "20.19" or "v20.19.4". */
function isAtLeast(have, needed) {
  var a = numbersOf(have)
  var b = numbersOf(needed)
  for (var i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i]
  return true
}

function numbersOf(version) {
  var parts = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) || []
  return [Number(parts[1] || 0), Number(parts[2] || 0), Number(parts[3] || 0)]
}

/** Ends the process with one sentence if Node is older than package.json's engines ask for. */
function assertNode() {
  var needed = require('../../package.json').engines.node.replace(/[^\d.]/g, '')
  if (isAtLeast(process.versions.node, needed)) return
  var found = process.execPath + ' is Node ' + process.versions.node
  var sentence =
    'Engram Lab needs Node ' + needed + ' or newer, and ' + found + ': install a current Node and try again.'
  process.stderr.write('error: ' + sentence + '\n')
  process.exit(1)
}

exports.isAtLeast = isAtLeast
exports.assertNode = assertNode
