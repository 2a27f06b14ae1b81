/**
 * Preloaded into a process (`--import`, and so into its threads): counts what it does to the files below certain folders,
 * a line in a log each (the parts of a file that is written in parts share one), and at a chosen one ends the whole process as `kill -9` does: before it, or halfway through it.
 *
 * KILLED_UNDER folders, apart by the system's separator · KILLED_LOG the log · KILLED_AT counted from 0, or nothing ·
 * KILLED_HOW `before` or `within`
 */
import fs from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const { KILLED_UNDER = '', KILLED_LOG = '', KILLED_AT = '', KILLED_HOW = 'before' } = process.env
const folders = KILLED_UNDER.split(delimiter)
const { appendFileSync, readdirSync, readFileSync, rmSync, writeSync } = fs
/** From a descriptor to its file. */
const opened = new Map()
/** A call of Node's may make another one. */
let depth = 0

const isWatched = (path) => typeof path === 'string' && folders.some((folder) => path.startsWith(folder))

function end() {
  process.kill(process.pid, 'SIGKILL')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

/** @param half does half of it */
function meet(name, path, half = null) {
  if (depth > 0 || !isWatched(path)) return
  const step = `${half === null ? 'at once' : 'by and by'} ${name} ${path}`
  const steps = fs.existsSync(KILLED_LOG) ? readFileSync(KILLED_LOG, 'utf8').split('\n').slice(0, -1) : []
  // A file is written in as many parts as its reader happened to give: together they are one step.
  if (step === steps.at(-1)) return
  if (KILLED_AT === String(steps.length)) {
    if (KILLED_HOW === 'within') half?.()
    end()
  }
  appendFileSync(KILLED_LOG, `${step}\n`)
}

/** As a removal of many may leave it. */
function removeHalf(path) {
  const names = fs.existsSync(path) && fs.statSync(path).isDirectory() ? readdirSync(path).sort() : []
  for (const name of names.slice(0, Math.ceil(names.length / 2))) rmSync(join(path, name), { recursive: true })
}

function watch(owner, name, noticed) {
  const original = owner[name]
  owner[name] = (...input) => {
    noticed(...input)
    depth += 1
    try {
      return original(...input)
    } finally {
      depth -= 1
    }
  }
}

const isWriting = (flags) => typeof flags === 'string' && flags !== 'r'

for (const [owner, ending] of [
  [fs, 'Sync'],
  [fs.promises, ''],
]) {
  for (const name of ['rename', 'link', 'mkdir', 'rmdir', 'unlink', 'mkdtemp', 'copyFile']) {
    watch(owner, name + ending, (from, to) => meet(name, isWatched(from) ? from : to))
  }
  watch(owner, `rm${ending}`, (path) => meet('rm', path, () => removeHalf(path)))
}
watch(fs.promises, 'open', (path, flags) => isWriting(flags) && meet('open', path))
watch(fs, 'writeFileSync', (path, text) => {
  meet('write', path, () => fs.writeFileSync(path, text.slice(0, text.length / 2)))
})

const { openSync, open } = fs
fs.openSync = (path, flags, ...more) => {
  if (isWriting(flags)) meet('open', path)
  const handle = openSync(path, flags, ...more)
  opened.set(handle, path)
  return handle
}
fs.open = (path, flags, mode, answer) => {
  if (isWriting(flags)) meet('open', path)
  open(path, flags, mode, (error, handle) => {
    opened.set(handle, path)
    answer(error, handle)
  })
}
const halfOf = (handle, bytes) => () => writeSync(handle, bytes, 0, bytes.length >> 1)
for (const name of ['write', 'writeSync']) {
  watch(fs, name, (handle, bytes) => meet('write', opened.get(handle), halfOf(handle, bytes)))
}
watch(fs, 'writev', (handle, parts) => meet('write', opened.get(handle), halfOf(handle, Buffer.concat(parts))))
