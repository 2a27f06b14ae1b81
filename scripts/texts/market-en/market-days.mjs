/**
 * More market days in Pennybridge: short scenes in which something is found, lost, sold or won. What a scene begins with (a
 * thing, its owner, a price, a promise) comes back at its end, many speeches later; who speaks and who is spoken to alternate.
 */
import { createGrammar } from '../grammar.mjs'
import { createRandom, shuffled, wholeNumber } from '../random.mjs'
import { CLOSINGS, EXCHANGES, KINDS } from './patterns.mjs'
import { DID, DOING, WEEKDAYS, WORDS } from './words.mjs'

/** How the people of Pennybridge are spoken to. */
const PEOPLE = {
  ODELL: 'Constable',
  TANSY: 'Mrs. Tansy',
  BRISKET: 'Mr. Brisket',
  FINCH: 'Miss Finch',
  'LADY PELL': 'my lady',
  CRISP: 'Mr. Crisp',
  TOBY: 'Toby',
  MAYOR: 'Mr. Mayor',
  CRUMB: 'Mr. Crumb',
}
/** How they are spoken about. */
const NAMES = {
  ODELL: 'the constable',
  TANSY: 'Mrs. Tansy',
  BRISKET: 'Mr. Brisket',
  FINCH: 'Miss Finch',
  'LADY PELL': 'Lady Pell',
  CRISP: 'Mr. Crisp',
  TOBY: 'Toby Larkin',
  MAYOR: 'the Mayor',
  CRUMB: 'Mr. Crumb',
}
const IS_WOMAN = new Set(['TANSY', 'FINCH', 'LADY PELL'])

/** A line of a pattern that is spoken: who speaks, how, and what. */
const SPEECH = /^([ABCO])(?:, ([^:]*))?: (.*)$/

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** @returns about `characters` characters of scenes */
export function writeMarketDays(seed, characters) {
  const random = createRandom(seed)
  const { deal, draw, write } = createGrammar(random, WORDS)
  const cast = Object.keys(PEOPLE)
  const scenes = []
  let length = 0

  /** The names of the people, in directions and before their speeches, each speaker on a line of their own. */
  function layOut(patterns, values) {
    const pattern = deal(patterns)
    const lines = pattern.split('\n').map((line) => {
      const speech = SPEECH.exec(line)
      if (speech === null) return line.replace(/\b[ABCO]\b/g, '{$&}')
      const [, role, manner, words] = speech
      return manner === undefined ? `{${role}}:\n${words}` : `{${role}} (${manner}):\n${words}`
    })
    return write(lines.join('\n\n'), values)
  }

  for (let number = 1; length < characters; number++) {
    const [A, B, C, O, D] = shuffled(random, cast)
    const kind = deal(KINDS)
    const thing = draw('thing')
    const [price, price2] = shuffled(random, WORDS.price)
    const [place, where2] = shuffled(random, WORDS.place)
    const promise = draw('promise')
    const weekday = deal(WEEKDAYS)
    const base = { thing, price, price2, place, where2, promise, weekday, ware0: draw('ware') }

    function valuesFor(roles) {
      const others = cast.filter((name) => !Object.values(roles).includes(name))
      const [someone, someone2] = shuffled(random, others)
      const [insult, insultOther] = shuffled(random, WORDS.insult)
      const clue = draw('clue')
      const count = draw('number')
      const values = {
        ...base,
        Thing: capital(thing),
        'the-thing': thing.replace(/^an? /, 'the '),
        Price: capital(price),
        Price2: capital(price2),
        'place-cap': capital(place),
        'promise-cap': capital(promise),
        insult,
        'insult-other': insultOther,
        clue,
        'clue-lower': clue.charAt(0).toLowerCase() + clue.slice(1),
        'clue-yes': `${clue}.`,
        ware: draw('ware'),
        number: count,
        'number-cap': capital(count),
        someone: NAMES[someone],
        'someone-cap': capital(NAMES[someone]),
        'his-someone': IS_WOMAN.has(someone) ? 'her' : 'his',
        someone2: NAMES[someone2],
        doing: deal(DOING),
        did: deal(DID),
        his: IS_WOMAN.has(roles.C) ? 'her' : 'his',
      }
      for (const [role, name] of Object.entries(roles)) {
        values[role.toLowerCase()] = PEOPLE[name]
        values[`${role.toLowerCase()}-cap`] = capital(PEOPLE[name])
        values[`${role.toLowerCase()}-name`] = NAMES[name]
        values[`${role.toLowerCase()}-name-cap`] = capital(NAMES[name])
        values[role] = name
      }
      return values
    }

    const roles = { A, B, O }
    const parts = [layOut(kind.openings, valuesFor(roles))]
    for (let i = wholeNumber(random, 2, 4); i > 0; i--) {
      const inBetween = { A: random() < 0.5 ? A : B, C: random() < 0.5 ? C : D }
      inBetween.B = inBetween.A === A ? B : A
      parts.push(layOut(EXCHANGES, valuesFor(inBetween)))
    }
    parts.push(layOut(kind.endings, valuesFor(roles)))
    if (random() < 0.6) parts.push(write(CLOSINGS, valuesFor(roles)))
    const heading = `SCENE ${number}\n\n${write('The square of Pennybridge, {hour}. {weather}.')}`
    const scene = [heading, ...parts].join('\n\n')
    scenes.push(scene)
    length += scene.length + 2
  }
  return `${scenes.join('\n\n')}\n`
}
