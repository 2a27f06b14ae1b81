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

/** `lineEnds` is the share of sentences that a line end follows; after the others the line goes on, as people type. */
const TEXTS = [
  { file: 'apple.ko.txt', create: createAppleSentences, sentences: 5000, lineEnds: 0.7 },
  { file: 'date.en.txt', create: createDateSentences, sentences: 6000, lineEnds: 1 },
]

const [, , folder = fileURLToPath(new URL('../../resources/corpora', import.meta.url))] = process.argv
for (const { file, create, sentences, lineEnds } of TEXTS) {
  const random = createRandom(SEED)
  const { sentence } = create(random)
  const text = Array.from(
    { length: sentences },
    () => sentence() + (lineEnds === 1 || random() < lineEnds ? '\n' : ' '),
  ).join('')
  writeFileSync(join(folder, file), `${text.trimEnd()}\n`)
}
