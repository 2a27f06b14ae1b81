/**
 * A quick answer to whether everything is set up: the last full check noted the size and the times of every file that it
 * depends on, and as long as none of them differs, its answer holds. (The full check reads every source.)
 */
'use strict'

const fs = require('fs')
const path = require('path')

/** Times closer to the present than this are not trusted: a later change could leave the same time. */
const SETTLED_MS = 2000

/**
 * @typedef {object} Ready
 * @property {string} node absolute path of the project's own Node
 * @property {[name: string, mark: string | null][]} files relative to the project, with what `markOf` said of each
 */

/** @param {string} file @returns {Ready | null} null where there is no readable note */
exports.read = function read(file) {
  try {
    const ready = JSON.parse(fs.readFileSync(file, 'utf8'))
    return typeof ready.node === 'string' && Array.isArray(ready.files) ? ready : null
  } catch (error) {
    return null
  }
}

/** @param {string} root @param {Ready | null} ready */
exports.isCurrent = function isCurrent(root, ready) {
  if (ready === null || !fs.existsSync(ready.node)) return false
  return ready.files.every(([name, mark]) => markOf(path.join(root, name)) === mark)
}

/**
 * Notes that everything is set up.
 * @param {string} file
 * @param {string} root
 * @param {{ node: string, watched: readonly string[] }} known watched: files and folders, relative to the root
 * @returns {Ready} the note; not written while a file is too new, or where nothing can be written
 */
exports.write = function write(file, root, { node, watched }) {
  const newest = { ms: 0 }
  const files = []
  for (const name of watched) collect(root, name, files, newest)
  const ready = { node, files }
  if (Date.now() - newest.ms < SETTLED_MS) return ready
  try {
    const temporary = `${file}.${process.pid}.tmp`
    fs.writeFileSync(temporary, JSON.stringify(ready))
    fs.renameSync(temporary, file)
  } catch (error) {
    // A read-only checkout: the full check is made every time.
  }
  return ready
}

function collect(root, name, files, newest) {
  const full = path.join(root, name)
  files.push([name, markOf(full)])
  const stat = statOf(full)
  if (stat === null) return
  newest.ms = Math.max(newest.ms, stat.mtimeMs, stat.isDirectory() ? 0 : stat.ctimeMs)
  if (!stat.isDirectory()) return
  for (const entry of fs.readdirSync(full).sort()) collect(root, path.join(name, entry), files, newest)
}

/** Of a folder its time, which changes with the names in it; of a file its size too. null: there is none. */
function markOf(full) {
  const stat = statOf(full)
  if (stat === null) return null
  return stat.isDirectory() ? `${stat.mtimeMs}` : `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`
}

function statOf(full) {
  try {
    return fs.statSync(full, { throwIfNoEntry: false }) || null
  } catch (error) {
    return null
  }
}
