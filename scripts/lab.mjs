/** `npm run --silent lab -- COMMAND …`: the command line, whose standard output is only its answer. */
import { main } from './setup/failure.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  await setUp({ purpose: 'npm run lab' })
  return runInForeground(OWN_NODE, [inRoot('out/main/cli.cjs'), ...process.argv.slice(2)])
})
