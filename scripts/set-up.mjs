/** `npm run set-up`: everything that the other commands need, and nothing else. */
import { main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  await setUp({ purpose: 'npm run set-up', window: true })
  tell('Everything is set up.')
})
