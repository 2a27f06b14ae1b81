/**
 * `npm start`: sets up what is missing and opens the lab. Without a display, or with `--tour`, the real app is driven
 * through the main job of each room, in a virtual display where there is none, and leaves screenshots in tour/.
 */
import { hasDisplay, withDisplay } from './setup/display.mjs'
import { main } from './setup/failure.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { electronArguments } from './setup/run-electron.mjs'
import { setUp } from './setup/set-up.mjs'

const words = process.argv.slice(2)

await main(async () => {
  const { electron, environment } = await setUp({ purpose: 'npm start', window: true })
  const env = { ...process.env, ...environment }
  if (hasDisplay() && !words.includes('--tour')) {
    return runInForeground(electron, [...electronArguments(), ...words], { env })
  }
  return withDisplay((display) =>
    runInForeground(OWN_NODE, [inRoot('scripts/tour/tour.ts')], {
      env: { ...env, ...display, ENGRAM_ELECTRON: electron },
    }),
  )
})
