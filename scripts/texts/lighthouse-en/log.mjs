/**
 * The second book of the log of Carrow Light: the years of Wren Dunmore, who followed Tobias Arkle. Every entry has a date,
 * the weather and the time of the lamp; under it small stories go on for some entries each, several at a time, and a name,
 * an object or a promise that a story began with returns in its last entry.
 */
import { createGrammar } from '../grammar.mjs'
import { createRandom, wholeNumber } from '../random.mjs'
import { lampMinutes, MONTHS, timeInWords } from './lamp-time.mjs'
import { ARKLE, ENDINGS, SMALL, STORIES } from './stories.mjs'
import { WORDS } from './words.mjs'

const FIRST_DAY = { month: 3, day: 2 }

const PRONOUNS = {
  woman: { he: 'she', He: 'She', him: 'her', his: 'her', His: 'Her' },
  man: { he: 'he', He: 'He', him: 'him', his: 'his', His: 'His' },
}

/** Assistants come in September and stay for a year. */
const ASSISTANTS = [
  { Assistant: 'Jory', own: 'his', object: 'him' },
  { Assistant: 'Hettie', own: 'her', object: 'her' },
  { Assistant: 'Alban', own: 'his', object: 'him' },
  { Assistant: 'Effie', own: 'her', object: 'her' },
]

/** Words that a small paragraph has two of. */
const DRAWN_TWICE = ['task', 'meal', 'hour', 'port', 'stores', 'weekday', 'trifle']

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)
const withoutArticle = (text) => text.replace(/^(an?|the) /, '')

/** @returns about `characters` characters of entries, from 2 April of the year after Arkle's last entry */
export function writeLog(seed, characters) {
  const random = createRandom(seed)
  const { draw, write } = createGrammar(random, WORDS)
  const happens = (share) => random() < share
  let assistant = ASSISTANTS[0]
  let running = []
  const usedNow = (name) =>
    running.some(({ scene }) => scene.first === name || scene.ship === name || scene.creatureName === name)

  function drawUnused(list) {
    for (let attempt = 0; ; attempt++) {
      const word = WORDS[list][Math.floor(random() * WORDS[list].length)]
      if (!usedNow(word) || attempt > 20) return word
    }
  }

  function begin(story) {
    const kind = happens(0.5) ? 'woman' : 'man'
    const scene = { ...PRONOUNS[kind], himself: kind === 'woman' ? 'herself' : 'himself', myself: 'myself' }
    scene.first = drawUnused(kind)
    scene.First = scene.first
    scene.family = draw('family')
    scene.initials = `${scene.first[0]}. ${scene.family[0]}.`
    scene['a-trade'] = draw(kind === 'woman' ? 'womanTrade' : 'trade')
    scene['trade-alone'] = withoutArticle(scene['a-trade'])
    for (const kept of story.values.keeps) {
      scene[kept] = kept === 'ship' || kept === 'creatureName' ? drawUnused(kept) : draw(kept)
    }
    scene.port ??= draw('port')
    scene.gift ??= draw('gift')
    scene.stake ??= draw('stake')
    scene['stake-plain'] = scene.stake
    for (const name of ['gift', 'thing', 'repair', 'makeshift', 'stake']) {
      if (scene[name]) scene[capital(name)] = capital(scene[name])
    }
    if (scene.food) scene['food-plain'] = withoutArticle(scene.food)
    running.push({ scene, story, stages: [...story.stages], wait: 0 })
  }

  /** Whether the next stage of a story can happen in this weather. */
  function mayHappen({ story, stages }, isWild) {
    const stage = story.stages.length - stages.length
    if (!isWild) return !(story.beginsInStorm && stage === 0)
    return story.inStorm?.includes(stage) ?? false
  }

  function valuesOfDay() {
    const woman = draw('woman')
    return {
      ...assistant,
      first: draw('man'),
      other: woman,
      family: draw('family'),
      family2: draw('family'),
      ...Object.fromEntries(DRAWN_TWICE.map((name) => [`${name}2`, draw(name)])),
    }
  }

  function weather(month, day, isWild) {
    const lamp = timeInWords(lampMinutes(month, day))
    const force = isWild ? '{wildForce}' : '{calmForce}'
    const sky = isWild ? '{wildSky}' : '{calmSky}'
    const wind = !isWild && happens(0.12) ? 'Calm' : `Wind {direction}, ${force}`
    const lit = `Lamp lit at ${lamp}${happens(0.25) ? '[, burned clear until dawn|, burned well]' : ''}`
    return write(`${wind}. ${sky}. ${lit}. Oil, {oil}.${happens(0.3) ? ' {cleaned}.' : ''}`)
  }

  const entries = []
  let length = 0
  let { month, day } = FIRST_DAY
  let isWild = false
  let years = 0
  const bags = createRandom(seed + 1)
  let order = []
  while (length < characters) {
    isWild = happens(isWild ? 0.55 : month > 8 || month < 3 ? 0.35 : 0.15)
    running.forEach((told) => (told.wait -= 1))
    if (running.length < 6 || happens(0.3)) {
      if (order.length === 0) order = [...STORIES].sort(() => bags() - 0.5)
      begin(order.pop())
    }
    const due = running.filter((told) => told.wait <= 0 && mayHappen(told, isWild)).slice(0, 3)
    const paragraphs = due.map((told) => {
      const [, , patterns] = told.stages.shift()
      if (told.stages.length > 0) told.wait = Math.ceil(wholeNumber(random, told.stages[0][0], told.stages[0][1]) / 2)
      return write(patterns, { ...assistant, ...told.scene })
    })
    running = running.filter(({ stages }) => stages.length > 0)
    const small = paragraphs.length === 0 ? (happens(0.5) ? 2 : 1) : happens(0.4) ? 1 : 0
    for (let i = 0; i < small; i++) paragraphs.push(write(SMALL, valuesOfDay()))
    if (!isWild && happens(0.2)) paragraphs.push(write(ARKLE, assistant))
    const ending = happens(0.25) ? write(ENDINGS) : ''
    if (ending !== '') paragraphs.push(ending)
    const entry = [`${day} ${MONTHS[month][0]}`, weather(month, day, isWild), ...paragraphs].join('\n\n')
    entries.push(entry)
    length += entry.length + 2
    day += wholeNumber(random, 1, 4)
    if (day > MONTHS[month][1]) {
      day -= MONTHS[month][1]
      month = (month + 1) % MONTHS.length
      if (month === 8) {
        years += 1
        assistant = ASSISTANTS[years % ASSISTANTS.length]
        entries.push(
          write(
            `The new assistant has come with the September boat. {Assistant} brought one box and [{number} questions|no gloves|a cold].`,
            assistant,
          ),
        )
      }
    }
  }
  return `${entries.join('\n\n')}\n`
}
