/**
 * `npm run soak`: what takes too long for `npm test`. Runs are killed at random moments, twenty times each, and go on; at
 * their end they must have the bits and the points of a run that was left alone.
 *
 *     npm run soak -- [NAME…] [--kills N] [--seed N] [--kernel NAME]      NAME: vanilla-1, lstm-2, …
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { Failure, main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'
import { askLab, COMBINATIONS, outcomeOf, runAlone, runKilled } from './soak/killed-run.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kernel: { type: 'string', default: 'auto' },
  },
})

/** Numbers in [0, 1), the same for the same seed (Lehmer's generator). */
function chance(seed) {
  let state = (seed % 2147483646) + 1
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

/** The tests' runs are short: so many times as many steps leave time for all the kills. */
const LONGER = 5

/** @param {readonly string[]} words */
function longer(words) {
  const at = words.indexOf('--steps') + 1
  return words.map((word, i) => (i === at ? String(Number(word) * LONGER) : word))
}

/** One combination, in a folder of its own. @returns what is wrong, else null */
async function soak(combination, random, folder) {
  const [alone, killed] = [join(folder, 'alone'), join(folder, 'killed')]
  const { run: whole, milliseconds } = await runAlone(combination, alone)
  const kills = Number(values.kills)
  // On the average its end comes after the last kill; a process may die before it has begun.
  const longest = 1000 + (1.2 * milliseconds) / kills
  const { run, kills: done } = await runKilled(combination, killed, kills, async ({ run: before, begun }) => {
    if (before === null) await begun
    await wait(random() * longest)
  })
  const [expected, found] = [await outcomeOf(whole, alone), await outcomeOf(run, killed)]
  const { database, orphans } = await askLab(['doctor', '--check'], killed)
  const seconds = (milliseconds / 1000).toFixed(1)
  tell(`${combination.name}: ${done} kills of a run of ${seconds} s, digest ${found.digest.slice(0, 12)}`)
  if (!isDeepStrictEqual(found, expected)) return `differs from the run that was left alone (${expected.digest})`
  if (database !== 'ok' || orphans.length > 0) return `database ${database}, orphans ${orphans.join(', ') || 'none'}`
  return done < kills ? `ended after ${done} of ${kills} kills: begin again` : null
}

await main(async () => {
  const chosen = COMBINATIONS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  const names = COMBINATIONS.map(({ name }) => name)
  const unknown = positionals.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new Failure(`There is no ${unknown}: choose of ${names.join(', ')}.`)
  await setUp({ purpose: 'npm run soak' })
  tell(`seed ${values.seed}`)
  const random = chance(Number(values.seed))
  let failed = 0
  for (const { name, words } of chosen) {
    const folder = mkdtempSync(join(tmpdir(), 'engram-soak-'))
    try {
      const combination = { name, words: [...longer(words), '--kernel', values.kernel] }
      const wrong = await soak(combination, random, folder).catch((error) => error.message)
      if (wrong !== null) tell(`FAILED ${name}: ${wrong}`)
      if (wrong !== null) failed += 1
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
})
