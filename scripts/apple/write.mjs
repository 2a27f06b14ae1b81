/**
 * Writes resources/corpora/apple.ko.txt, the text from which the bundled model apple.ko learnt: sentences in which 사과 is
 * an apple or an apology. The same seed writes the same text.
 *
 *     node scripts/apple/write.mjs
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BARE, BETWEEN, FAMILIES, NATURAL } from './sentences.mjs'

const SEED = 20_26
const SENTENCES = 5000
/** Of the sentences of a family that go another way than with 사과를. */
const OTHERWISE = 0.12
/** Nothing before 사과를; one natural sentence. */
const [BARE_SHARE, NATURAL_SHARE] = [2, 1.2]

/** Numbers from 0 to below 1 (mulberry32). */
function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = createRandom(SEED)
const pick = (choices) => choices[Math.floor(random() * choices.length)]
const join = (...words) => words.filter((word) => word !== '').join(' ')

/** 나는 stands in front, right before the object, or nowhere; never beside a 내가, which says it already. */
function sentenceOf({ openings, asides, verbs, others }) {
  const opening = pick(openings)
  const isOwn = /^[내제]가/.test(opening)
  const isOthers = /^(네가|친구가|동생이|형이|누나가|짝이|오빠가) /.test(opening)
  const place = random()
  const front = !isOwn && !isOthers && place < 0.35 ? '나는' : ''
  const near = !isOwn && place > 0.55 ? '나는' : ''
  const rest = random() < OTHERWISE ? pick(others) : join('사과를', pick(verbs))
  const aside = random() < 0.5 ? join(pick(BETWEEN), near, pick(asides)) : join(near, pick(BETWEEN), pick(asides))
  return join(front, opening, aside, rest)
}

function sentence() {
  const families = FAMILIES.reduce((sum, { share }) => sum + share, 0)
  let place = random() * (families + BARE_SHARE + NATURAL_SHARE)
  for (const family of FAMILIES) {
    place -= family.share
    if (place < 0) return sentenceOf(family)
  }
  return place < BARE_SHARE ? join(pick(['나는', '나는', '']), '사과를', pick(BARE)) : pick(NATURAL)
}

const lines = Array.from({ length: SENTENCES }, sentence)
const file = fileURLToPath(new URL('../../resources/corpora/apple.ko.txt', import.meta.url))
writeFileSync(file, `${lines.join('\n')}\n`)
