/**
 * Nursery rhymes of many verses. A verse repeats its first line with what that line named (a number, a name, a creature, a
 * place), and its lines rhyme, so that the end of a line follows from the line before it.
 */
import { createGrammar } from './grammar.mjs'
import { createRandom, shuffled } from './random.mjs'

/** Words that rhyme, by their sound; all of them are things that one can see. */
const RHYMES = {
  at: ['cat', 'rat', 'hat', 'mat', 'bat'],
  og: ['dog', 'frog', 'log', 'bog', 'hog'],
  en: ['hen', 'wren', 'pen', 'den'],
  ow: ['crow', 'bow', 'hoe'],
  ee: ['bee', 'tree', 'sea', 'key', 'flea'],
  ight: ['kite', 'light', 'knight'],
  ing: ['king', 'ring', 'string', 'swing'],
  oat: ['boat', 'goat', 'coat', 'stoat'],
  ouse: ['mouse', 'house', 'grouse'],
  ake: ['cake', 'lake', 'snake', 'drake', 'rake'],
  own: ['clown', 'crown', 'gown', 'town'],
  are: ['bear', 'chair', 'pear', 'hare', 'mare'],
  air: ['stair', 'fair', 'pair'],
  ox: ['fox', 'box', 'clocks', 'socks'],
  eep: ['sheep', 'sweep', 'heap'],
  oon: ['moon', 'spoon', 'balloon', 'loon'],
  ail: ['snail', 'pail', 'whale', 'sail'],
  ug: ['bug', 'jug', 'rug', 'mug', 'slug'],
  ish: ['fish', 'dish'],
  oose: ['goose', 'moose', 'juice'],
}

const WORDS = {
  name: [
    'Tom',
    'Ann',
    'Jenny',
    'Will',
    'Polly',
    'Ned',
    'Molly',
    'Sam',
    'Kate',
    'Ben',
    'Nan',
    'Jack',
    'Rose',
    'Dan',
    'Lucy',
    'Peg',
    'Joe',
    'Bess',
    'Max',
    'Dora',
  ],
  colour: ['red', 'blue', 'brown', 'green', 'black', 'white', 'grey', 'pink'],
  size: ['little', 'great big', 'tiny', 'round', 'fat', 'merry', 'sleepy', 'silly'],
  animal: ['cat', 'dog', 'hen', 'goat', 'pig', 'mouse', 'cow', 'duck', 'frog', 'sheep', 'owl', 'horse', 'hare', 'bear'],
  thing: ['lamp', 'drum', 'shoe', 'cup', 'boat', 'bell', 'kite', 'spoon', 'hat', 'star', 'candle', 'kettle'],
  place: ['window sill', 'garden wall', 'kitchen floor', 'village green', 'apple bough', 'cottage stair', 'barn door'],
  roof: ['roof', 'wall', 'barn', 'bridge', 'gate', 'church', 'mill', 'shed', 'lane', 'boat'],
  falling: ['rain', 'snow', 'hail', 'sleet'],
  bake: ['bread', 'bun', 'cake', 'loaf', 'tart', 'pie', 'scone'],
  market: ['butter', 'cheese', 'honey', 'flour', 'salt', 'tea', 'wool', 'plums', 'eggs', 'jam', 'milk', 'nuts'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const COUNT = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const SOUNDS = {
  cat: 'miaow',
  dog: 'woof',
  hen: 'cluck',
  goat: 'maa',
  pig: 'oink',
  mouse: 'squeak',
  cow: 'moo',
  duck: 'quack',
  frog: 'croak',
  sheep: 'baa',
  owl: 'hoo',
  horse: 'neigh',
  hare: 'thump',
  bear: 'grr',
}
/** What ends two lines of a verse. */
const PAIRS = [
  ['still', 'hill'],
  ['day', 'bay'],
  ['night', 'light'],
  ['tree', 'sea'],
  ['town', 'down'],
  ['sky', 'by'],
  ['door', 'floor'],
  ['street', 'feet'],
  ['moon', 'soon'],
  ['snow', 'go'],
  ['bed', 'head'],
  ['wall', 'call'],
  ['lane', 'rain'],
  ['ground', 'round'],
]
const ENDS = {
  still: 'and the night is still',
  day: 'at the break of day',
  night: 'in the middle of the night',
  tree: 'by the old oak tree',
  town: 'on the road to town',
  sky: 'and a star in the sky',
  door: 'with a knock at the door',
  street: 'at the end of the street',
  moon: 'by the light of the moon',
  snow: 'through the cold white snow',
  bed: 'and the children in bed',
  wall: 'on the garden wall',
  lane: 'at the turn of the lane',
  ground: 'on the cold hard ground',
}
const ANSWERS = {
  hill: 'Who goes by on the long dark hill?',
  bay: 'Who comes home to the wide blue bay?',
  light: 'Who sits up with a candle light?',
  sea: 'Who goes down to the deep green sea?',
  down: 'Who lies asleep on a bed of down?',
  by: 'Who sang a song as the day went by?',
  floor: 'Who goes dancing across the floor?',
  feet: 'Who runs by on such quick small feet?',
  soon: 'Who said that the spring would be coming soon?',
  go: 'Who knows where all the swallows go?',
  head: 'Who has a feather upon his head?',
  call: 'Who was the first to hear the call?',
  rain: 'Who goes out in the wind and rain?',
  round: 'Who makes the wheel of the mill go round?',
}

const OF_RIDDLES = ['little', 'tiny', 'round', 'fat', 'merry', 'sleepy', 'silly']
const SAID = [
  'hush, my dears.',
  'not so loud.',
  'what a song!',
  'once again.',
  'now to bed.',
  'come and dance.',
  'very good.',
]

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)
const withArticle = (word) => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
const plural = (word) => (/(s|x|sh|ch)$/.test(word) ? `${word}es` : `${word}s`)

/** @returns about `characters` characters of rhymes */
export function writeRhymes(seed, characters) {
  const random = createRandom(seed)
  const { deal, draw } = createGrammar(random, WORDS)
  const RHYME_LISTS = Object.values(RHYMES)
  /** Two words that rhyme, neither of them the one that the verse is about. */
  const rhyming = (about = '') =>
    shuffled(
      random,
      deal(RHYME_LISTS).filter((word) => word !== about),
    )

  /** One, two, three … little lamps. */
  function counting() {
    const [thing, size, place] = [draw('thing'), draw('size'), draw('place')]
    const [end, rhyme] = deal(PAIRS)
    const most = 2 + Math.floor(random() * 4)
    return Array.from({ length: most }, (_, i) => {
      const things = `${COUNT[i]} ${size} ${i === 0 ? thing : plural(thing)}`
      return [
        `${capital(things)} on the ${place},`,
        `${things}, ${ENDS[end]}.`,
        ANSWERS[rhyme],
        `${capital(things)} on the ${place}.`,
      ]
    })
  }

  /** Tom has a hat, and the hat has a hole. */
  function owning() {
    const [name, thing, size, colour] = [draw('name'), draw('thing'), draw('size'), draw('colour')]
    const [first, second] = rhyming(thing)
    return [
      [
        `${name} has ${withArticle(thing)}, and the ${thing} has ${withArticle(first)},`,
        `and beside the ${first} there is ${withArticle(colour)} ${second}.`,
        `Out of the ${thing}, ${size} ${second}, ${size} ${second},`,
        `give ${name} the ${thing}, and give ${name} the ${first}.`,
      ],
    ]
  }

  /** Rain on the roof goes pit, pit, pat. */
  function raining() {
    const [falling, roof] = [draw('falling'), draw('roof')]
    const [first, second] = rhyming()
    const [one, other] = shuffled(random, WORDS.animal)
    return [
      [
        `${capital(falling)} on the ${roof}, and ${falling} on the ${first},`,
        `${falling} on the ${one} and ${falling} on the ${second}.`,
        `The ${one} ran home and the ${other} ran home,`,
        `and the ${falling} on the ${roof} was all alone.`,
      ],
    ]
  }

  /** The animals of a yard, each with its call; every verse says the earlier ones again. */
  function yard() {
    const animals = shuffled(random, WORDS.animal).slice(0, 3 + Math.floor(random() * 2))
    const name = draw('name')
    return animals.map((animal, i) => [
      `${name} had ${withArticle(animal)}, and the ${animal} said ${SOUNDS[animal]},`,
      ...animals
        .slice(0, i)
        .reverse()
        .map((earlier) => `the ${earlier} said ${SOUNDS[earlier]},`),
      `and ${name} said, "${capital(deal(SAID))}"`,
    ])
  }

  /** What a child was sent for, what it brought, and what was said. */
  function errand() {
    const [name, day, market, colour] = [draw('name'), draw('day'), draw('market'), draw('colour')]
    const [first, second] = rhyming()
    return [
      [
        `On ${day} ${name} went to market for ${market},`,
        `with ${withArticle(colour)} basket and ${withArticle(first)} to mark it.`,
        `"Where is the ${market}?" said the ${second} at the gate.`,
        `"I have sold it on ${day}," said ${name}, "you are late."`,
      ],
    ]
  }

  /** Bake the bread and let it lie. */
  function baking() {
    const [bake, name] = [draw('bake'), draw('name')]
    const [first, second] = rhyming()
    return [
      [
        `${capital(deal(['stir', 'knead', 'bake', 'roll', 'mix', 'cut']))} the ${bake} and let it lie,`,
        `one for the ${first} and one for the pie.`,
        `${capital(deal(['stir', 'knead', 'bake', 'roll', 'mix', 'cut']))} the ${bake} and let it be,`,
        `one for the ${second}, one for ${name} and me.`,
      ],
    ]
  }

  /** Sleep, little boat. */
  function sleeping() {
    const [first, second, third] = shuffled(random, [...WORDS.animal, ...WORDS.thing])
    const name = draw('name')
    return [
      [
        `Sleep, little ${first}, where the shadows are deep,`,
        `sleep, little ${second}, for the ${third} is asleep.`,
        `Sleep, little ${third}, and lie very still,`,
        `sleep, little ${name}, by the ${first} on the hill.`,
      ],
    ]
  }

  /** A riddle with its answer. */
  function riddle() {
    const [colour, size, thing] = [draw('colour'), deal(OF_RIDDLES), draw('animal')]
    const [neither, nor] = shuffled(
      random,
      WORDS.animal.filter((animal) => animal !== thing),
    )
    const [end, rhyme] = deal(PAIRS)
    return [
      [
        `What is ${colour} and ${size}, ${ENDS[end]}?`,
        ANSWERS[rhyme],
        `It is neither the ${neither} nor the ${nor},`,
        `it is the ${size} ${colour} ${thing} that says ${SOUNDS[thing]}.`,
      ],
    ]
  }

  /** Row, Jenny, row. */
  function going() {
    const name = draw('name')
    const verb = deal(['row', 'run', 'hop', 'ride', 'skip', 'sail', 'march'])
    const [end, rhyme] = deal(PAIRS)
    const [other] = deal(PAIRS)
    return [
      [
        `${capital(verb)}, ${name}, ${verb}, ${ENDS[end]},`,
        `${verb}, ${name}, ${verb}, ${ENDS[other]}.`,
        ANSWERS[rhyme],
        `${name}, ${name}, ${verb}, ${name}, ${verb}.`,
      ],
    ]
  }

  const FORMS = [counting, owning, raining, yard, errand, baking, sleeping, riddle, going]
  const verses = []
  let length = 0
  while (length < characters) {
    for (const lines of deal(FORMS)()) {
      const verse = lines.join('\n')
      verses.push(verse)
      length += verse.length + 2
    }
  }
  return `${verses.join('\n\n')}\n`
}
