/** The scripts begin on whatever Node the machine has, and go on with the one that the packages bring. */
import { existsSync, readFileSync } from 'node:fs'
import { inRoot, OWN_NODE } from './paths.mjs'
import { runInForeground } from './processes.mjs'
import { Failure } from './failure.mjs'

const AGAIN = 'ENGRAM_ON_OWN_NODE'

/** Starts this script again on the project's Node when it runs on another, and then ends with its exit code. */
export async function continueOnOwnNode() {
  const wanted = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).devDependencies.node
  if (process.versions.node === wanted || process.env[AGAIN]) return
  if (!existsSync(OWN_NODE)) {
    throw new Failure('The package "node" has no Node in it: remove node_modules and try again.')
  }
  const env = { ...process.env, [AGAIN]: '1' }
  process.exit(await runInForeground(OWN_NODE, process.argv.slice(1), { env }))
}
