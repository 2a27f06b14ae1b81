/** Whether the built files are those of the sources, and making them so. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { inRoot, OWN_NODE, ROOT } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { asTask } from './report.mjs'

/** What the build is made of. */
export const SOURCES = [
  'src',
  'resources/colourmaps',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig',
]
const STAMP = join('out', '.sources')

export function buildStep(root = ROOT) {
  return { ready: () => isBuilt(root), make: () => build(root) }
}

/** A digest of every source. @param {string} root */
export function sourcesDigest(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesUnder(join(root, source))) {
      hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} in a fixed order */
function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

function isBuilt(root) {
  const stamp = join(root, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesDigest(root)
}

async function build(root) {
  const digest = sourcesDigest(root)
  rmSync(join(root, STAMP), { force: true })
  const { code, lines } = await asTask('Building', () =>
    runHidden(OWN_NODE, [inRoot('node_modules/electron-vite/bin/electron-vite.js'), 'build'], { cwd: root }),
  )
  if (code !== 0) {
    process.stderr.write(`${lines.join('\n')}\n`)
    throw new Failure('The build failed: mend what is named above and try again.')
  }
  writeFileSync(join(root, STAMP), digest)
}
