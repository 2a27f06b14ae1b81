/** `npm run build`: packages and the built files. */
import { main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  await setUp({ purpose: 'npm run build' })
  tell('The lab is built in out/.')
})
