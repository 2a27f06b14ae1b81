/** `npm run dev`: the lab with hot reload. */
import { Failure, main } from './setup/failure.mjs'
import { hasDisplay } from './setup/display.mjs'
import { inRoot, OWN_NODE } from './setup/paths.mjs'
import { runInForeground } from './setup/processes.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  const { electron, environment } = await setUp({ purpose: 'npm run dev', window: true, build: false })
  if (!hasDisplay()) throw new Failure('Hot reload needs a display: start one and name it in DISPLAY.')
  const env = { ...process.env, ...environment, ELECTRON_EXEC_PATH: electron }
  const noSandbox = process.getuid?.() === 0 ? ['--noSandbox'] : []
  return runInForeground(OWN_NODE, [inRoot('node_modules/electron-vite/bin/electron-vite.js'), 'dev', ...noSandbox], {
    env,
  })
})
