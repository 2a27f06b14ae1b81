/**
 * Runs the command in a child on the project's own Node, in place of this process: with the same input and output, in the
 * same process group, so that the terminal's signals reach both. What reaches this process alone is passed on, and the
 * child ends when this process does, however it ends: it notices that the channel between them is closed.
 */
'use strict'

const { spawn } = require('child_process')
const fs = require('fs')
const os = require('os')

/** Those that end a command. A stop (Ctrl-Z) acts on the whole group without help. */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * @param {string} node
 * @param {string} script
 * @param {readonly string[]} words
 */
exports.run = function run(node, script, words) {
  const child = spawn(node, [script].concat(words), { stdio: stdioFor(words) })
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(
      `error: ${node} does not start (${error.code || error.message}): remove node_modules and try again.\n`,
    )
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
    // Only a signal that does not end a process is survived.
    setTimeout(() => process.exit(128 + (os.constants.signals[signal] || 0)), 100)
  })
}

/** Standard input and output, the channel, and every further descriptor that an argument names. */
function stdioFor(words) {
  const named = words.map(descriptorOf).filter((descriptor) => descriptor > 2 && isInherited(descriptor))
  const stdio = ['inherit', 'inherit', 'inherit']
  for (const descriptor of named) {
    while (stdio.length < descriptor) stdio.push('ignore')
    stdio[descriptor] = descriptor
  }
  const free = stdio.indexOf('ignore')
  if (free < 0) stdio.push('ipc')
  else stdio[free] = 'ipc'
  return stdio
}

/** The number in `/dev/fd/63` or `--corpus=/dev/fd/63`; -1 in any other word. */
function descriptorOf(word) {
  const match = /(?:^|=)\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/.exec(word)
  return match === null ? -1 : Number(match[1])
}

/** Whether it is open, and not one that this Node opened for itself: of its own pipes a process has both ends. */
function isInherited(descriptor) {
  try {
    const stat = fs.fstatSync(descriptor)
    if (!stat.isFIFO()) return stat.isFile() || stat.isSocket()
    if (process.platform !== 'linux') return true
    const ends = fs.readdirSync('/proc/self/fd').filter((name) => linkOf(name) === linkOf(String(descriptor)))
    return ends.length === 1
  } catch (error) {
    return false
  }
}

function linkOf(name) {
  try {
    return fs.readlinkSync(`/proc/self/fd/${name}`)
  } catch (error) {
    return null
  }
}
