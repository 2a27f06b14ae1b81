/** `npm run bench`: how fast the engine is, and how evenly the window draws. Nothing in `npm test` depends on a time. */
import { withDisplay } from './setup/display.mjs'
import { main } from './setup/failure.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { setUp } from './setup/set-up.mjs'

/** Measurements of the window. */
const IN_WINDOW = ['recall-frames', 'states-frames', 'watching', 'runs-room']

await main(async () => {
  const words = process.argv.slice(2)
  const window = IN_WINDOW.includes(words[0])
  const { electron, environment } = await setUp({ purpose: 'npm run bench', window })
  const run = (env = {}) =>
    runInForeground(OWN_NODE, [inRoot('bench/run.mjs'), ...words], { env: { ...process.env, ...env } })
  if (!window) return run()
  return withDisplay((display) => run({ ...environment, ...display, ENGRAM_ELECTRON: electron }))
})
