/** `npm run format`: everything as prettier writes it. */
import { main } from './setup/failure.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  await setUp({ purpose: 'npm run format', build: false })
  return runInForeground(OWN_NODE, [inRoot('node_modules/prettier/bin/prettier.cjs'), '--write', '.'])
})
