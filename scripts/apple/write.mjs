/**
 * Writes apple.ko.txt and date.en.txt, the texts from which the bundled models learnt: sentences with a word of two meanings.
 * The same seed writes the same texts.
 *
 *     node scripts/apple/write.mjs [FOLDER]
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../texts/random.mjs'
import { createAppleSentences } from './apple-ko.mjs'
import { createDateSentences } from './date-en.mjs'

const SEED = 20_26
/** The share of sentences that a line end follows; after the others the line goes on, as people type. */
const LINE_ENDS = 0.7

const [, , folder = fileURLToPath(new URL('../../resources/corpora', import.meta.url))] = process.argv
for (const [file, create, sentences] of [
  ['apple.ko.txt', createAppleSentences, 5000],
  ['date.en.txt', createDateSentences, 6000],
]) {
  const random = createRandom(SEED)
  const { sentence } = create(random)
  const text = Array.from({ length: sentences }, () => sentence() + (random() < LINE_ENDS ? '\n' : ' ')).join('')
  writeFileSync(join(folder, file), `${text.trimEnd()}\n`)
}
