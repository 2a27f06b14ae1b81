/** The kernels, compiled: a step of its own, since hot reload needs them too and they seldom change. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { inRoot, OWN_NODE } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { asTask } from './report.mjs'

const SOURCE = inRoot('src/engine/kernels/assembly')
const TARGET = inRoot('out/kernels')
const STAMP = join(TARGET, '.sources')

export function kernelsStep() {
  return { ready: isBuilt, make: build }
}

function digest() {
  const hash = createHash('sha256')
  for (const name of readdirSync(SOURCE).sort()) hash.update(name).update(readFileSync(join(SOURCE, name)))
  hash.update(readFileSync(inRoot('package-lock.json')))
  return hash.digest('hex')
}

const isBuilt = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest()

async function build() {
  const { code, lines } = await asTask('Compiling the kernels', () =>
    runHidden(OWN_NODE, [inRoot('scripts/setup/compile-kernels.mjs')]),
  )
  if (code !== 0) {
    process.stderr.write(`${lines.join('\n')}\n`)
    throw new Failure('The kernels did not compile: mend what is named above and try again.')
  }
  writeFileSync(STAMP, digest())
}
