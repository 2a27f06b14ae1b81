/**
 * The English twin of "apple or apology": a date is a fruit and an appointment, and only the words before it say which, and
 * so whether it is to eat or to keep. Hunger and a market ask for the fruit, a fault and a quarrel for the appointment.
 */

/** Subject, as it is called afterwards, whose. */
const PEOPLE = [
  ['I', 'I', 'my'],
  ['I', 'I', 'my'],
  ['I', 'I', 'my'],
  ['Tom', 'he', 'his'],
  ['Anna', 'she', 'her'],
  ['my brother', 'he', 'his'],
  ['my sister', 'she', 'her'],
  ['we', 'we', 'our'],
]

/** $S is the subject, $s its pronoun, $p its possessive. */
const HUNGER = [
  '$S had missed lunch',
  '$S had skipped breakfast',
  '$S had not eaten since noon',
  '$S had only had soup',
  '$S felt hungry after the walk',
  '$S came home hungry',
  '$S wanted something sweet',
  '$S could not sleep for hunger',
  '$S had no bread left',
  '$S looked into the pantry',
]
const MARKET = [
  '$S went to the market',
  '$S stopped at the fruit stall',
  '$S came back from the market',
  '$S filled a basket at the market',
  '$S had a penny for the fruit seller',
  '$S walked past the grocer',
  '$S sat down between the fruit stalls',
]
const FAULT = [
  '$S had forgotten her birthday',
  '$S had been late twice',
  '$S had told a lie',
  '$S had broken a promise',
  '$S had hurt her feelings',
  '$S had lost her letter',
  '$S had let a friend down',
  '$S had been in the wrong',
]
const QUARREL = [
  '$S had quarrelled with a friend',
  '$S had argued all evening',
  '$S had shouted at a friend',
  '$S had slammed the door',
  '$S had not spoken for a week',
  '$S had fallen out with the neighbours',
  '$S had a quarrel to settle',
]
const PROMISE = [
  '$S had given $p word',
  '$S had put on $p best coat',
  '$S ran to the station',
  '$S had bought two tickets',
  '$S looked at the clock',
  '$S had written it in $p diary',
]
const AFTERWARDS = [
  '',
  '',
  '',
  'that evening',
  'on Sunday',
  'at four',
  'at noon',
  'the next day',
  'before dark',
  'at school',
  'in the garden',
]

const EAT = [
  'eat.',
  'eat.',
  'eat.',
  'eat with $p tea.',
  'eat before bed.',
  'eat on the way.',
  'share.',
  'share with a friend.',
  'taste.',
]
const BUY = [
  'eat.',
  'eat.',
  'taste.',
  'taste before $s paid.',
  'eat on the way home.',
  'wash first.',
  'share with a friend.',
]
const KEEP = [
  'keep.',
  'keep.',
  'keep.',
  'keep at eight.',
  'keep in town.',
  'keep this time.',
  'remember.',
  'prepare for.',
]
const CANCEL = [
  'keep.',
  'keep.',
  'keep all the same.',
  'cancel.',
  'cancel by letter.',
  'put off.',
  'call off.',
  'keep at noon.',
]

/** A family of sentences: what comes first, what "a date to" is followed by, and what else could be there in its place. */
const FAMILIES = [
  {
    share: 6,
    openings: HUNGER,
    link: 'so',
    verbs: EAT,
    others: ['some bread to eat.', 'a plum to eat.', 'an egg to boil.'],
  },
  {
    share: 4,
    openings: MARKET,
    link: 'and',
    verbs: BUY,
    others: ['a melon to weigh.', 'a fig to taste.', 'the fish to pay for.'],
  },
  {
    share: 4,
    openings: FAULT,
    link: 'so',
    verbs: KEEP,
    others: ['a letter to write.', 'a word to say.', 'a debt to pay.'],
  },
  {
    share: 4,
    openings: QUARREL,
    link: 'but',
    verbs: CANCEL,
    others: ['a song to sing.', 'a friend to call.', 'a cup to wash.'],
  },
  { share: 3, openings: PROMISE, link: 'for', verbs: KEEP, others: ['a train to catch.', 'a friend to meet.'] },
]

const BARE_VERBS = [
  'eat.',
  'eat.',
  'eat with my tea.',
  'share.',
  'taste.',
  'keep.',
  'keep.',
  'keep at eight.',
  'cancel.',
  'put off.',
  'remember.',
]
const BARE_SUBJECTS = ['I have', 'I have', 'I have', 'I had', 'We have', 'She has', 'He has', 'Tom has', 'Anna has']

const NATURAL = [
  'A date from the palm is sweet and brown.',
  'A date with a friend is sweet as well.',
  'One kind of date grows on a tree, and the other grows on you.',
  'My brother ate the dates and forgot the date.',
  'A stone is left when the date is eaten.',
  'A promise is left when the date is over.',
  'She came late to our date and brought me a date.',
  'He wrote the date in his diary and put a date in his pocket.',
  'The grocer sells dates by the pound.',
  'Nobody sells the kind of date that one keeps.',
  'I kept the date and ate the date.',
  'We said that we were sorry, and then we had tea.',
]

export const KINDS = { hunger: HUNGER, market: MARKET, fault: FAULT, quarrel: QUARREL }
const LINKS = { hunger: 'so', market: 'and', fault: 'so', quarrel: 'but' }

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** @param random numbers from 0 to below 1 */
export function createDateSentences(random) {
  const pick = (choices) => choices[Math.floor(random() * choices.length)]

  /** Up to "a date to ", with what is to be known of the person for the end of the sentence. */
  function beginning(opening, link) {
    const [subject, pronoun, possessive] = pick(PEOPLE)
    const fill = (text) => text.replaceAll('$S', subject).replaceAll('$s', pronoun).replaceAll('$p', possessive)
    const afterwards = pick(AFTERWARDS)
    const clause = `${capital(fill(opening))}, ${link} ${afterwards === '' ? '' : `${afterwards} `}${pronoun} had `
    return { clause, fill }
  }

  function sentenceOf({ openings, link, verbs, others }) {
    const { clause, fill } = beginning(pick(openings), link)
    return clause + fill(random() < OTHERWISE ? pick(others) : `a date to ${pick(verbs)}`)
  }

  function sentence() {
    const families = FAMILIES.reduce((sum, { share }) => sum + share, 0)
    let place = random() * (families + BARE_SHARE + NATURAL_SHARE)
    for (const family of FAMILIES) {
      place -= family.share
      if (place < 0) return sentenceOf(family)
    }
    return place < BARE_SHARE ? `${pick(BARE_SUBJECTS)} a date to ${pick(BARE_VERBS)}` : pick(NATURAL)
  }

  const opening = (kind) => `${beginning(pick(KINDS[kind]), LINKS[kind]).clause}a date to `
  return { sentence, opening }
}

/** The share of a family's sentences without "a date to". */
const OTHERWISE = 0.12
const [BARE_SHARE, NATURAL_SHARE] = [2, 1.2]
