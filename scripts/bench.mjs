/** `npm run bench`: how fast the engine is. Nothing in `npm test` depends on a time. */
import { main } from './setup/failure.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  await setUp({ purpose: 'npm run bench' })
  return runInForeground(OWN_NODE, [inRoot('bench/run.mjs'), ...process.argv.slice(2)])
})
