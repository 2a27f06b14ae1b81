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
  ['my sister', 'she', 'her'],
  ['we', 'we', 'our'],
]

/** $S is the subject, $s its pronoun, $p its possessive. */
const HUNGER = [
  '$S came home hungry',
  '$S woke up hungry',
  '$S felt hungry',
  '$S still felt hungry',
  '$S missed lunch',
  '$S skipped breakfast',
  '$S went without supper',
  '$S had no bread',
  '$S wanted something sweet',
  '$S looked for a snack',
]
const MARKET = [
  '$S went to the market',
  '$S stopped at the market',
  '$S came from the market',
  '$S stood at the fruit stall',
  '$S passed the fruit stall',
  '$S called at the grocer',
  '$S filled the basket',
  '$S paid the fruit seller',
]
const FAULT = [
  '$S told a lie',
  '$S came too late',
  '$S broke a promise',
  '$S broke $p word',
  '$S hurt her feelings',
  '$S forgot her birthday',
  '$S lost her letter',
  '$S let a friend down',
  '$S did wrong',
]
const QUARREL = [
  '$S quarrelled with a friend',
  '$S had a quarrel',
  '$S argued all day',
  '$S shouted at a friend',
  '$S slammed the door',
  '$S fell out with Ben',
  '$S made Ben cry',
  '$S wanted peace with Ben',
]
const PROMISE = ['$S gave $p word', '$S had two tickets', '$S looked at the clock', '$S ran to the station']
/** They say nothing about which date it is: the network has to carry the reason across them. */
const BETWEEN = ['', '', '', '', '', 'now', 'today', 'again', 'at noon', 'at four', 'at home']

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
const BUY = ['eat.', 'eat.', 'eat.', 'eat on the way home.', 'taste.', 'wash first.', 'share with a friend.']
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
  'keep.',
  'keep all the same.',
  'cancel.',
  'cancel by letter.',
  'put off.',
  'call off.',
]

/** A family of sentences: what comes first, what "a date to" is followed by, and what else could be there in its place. */
const FAMILIES = [
  { share: 5, openings: HUNGER, verbs: EAT, others: ['some bread to eat.', 'a plum to eat.', 'an egg to boil.'] },
  { share: 4, openings: MARKET, verbs: BUY, others: ['a melon to weigh.', 'a fig to taste.', 'some fish to fry.'] },
  { share: 4, openings: FAULT, verbs: KEEP, others: ['a letter to write.', 'a word to say.', 'a debt to pay.'] },
  {
    share: 4,
    openings: QUARREL,
    verbs: CANCEL,
    others: ['a hand to shake.', 'a friend to call.', 'a word to take back.'],
  },
  { share: 2, openings: PROMISE, verbs: KEEP, others: ['a train to catch.', 'a friend to meet.'] },
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

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** @param random numbers from 0 to below 1 */
export function createDateSentences(random) {
  const pick = (choices) => choices[Math.floor(random() * choices.length)]

  /** Up to "a date to ", with what is to be known of the person for the end of the sentence. */
  function beginning(opening) {
    const [subject, pronoun, possessive] = pick(PEOPLE)
    const fill = (text) => text.replaceAll('$S', subject).replaceAll('$s', pronoun).replaceAll('$p', possessive)
    const between = pick(BETWEEN)
    const clause = `${capital(fill(opening))}, so ${between === '' ? '' : `${between} `}${pronoun} had `
    return { clause, fill }
  }

  function sentenceOf({ openings, verbs, others }) {
    const { clause, fill } = beginning(pick(openings))
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

  const opening = (kind) => `${beginning(pick(KINDS[kind])).clause}a date to `
  return { sentence, opening }
}

/** The share of a family's sentences without "a date to". */
const OTHERWISE = 0.12
const [BARE_SHARE, NATURAL_SHARE] = [2, 1.2]
