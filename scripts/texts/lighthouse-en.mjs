/**
 * The second book of the log of Carrow Light: the years of Wren Dunmore, who followed Tobias Arkle. Every entry has a date,
 * the weather and the time of the lamp; under it small stories go on for some entries each, several at a time, and a name,
 * an object or a promise that a story began with returns in its last entry.
 */
import { createGrammar } from './grammar.mjs'
import { createRandom, wholeNumber } from './random.mjs'

const MONTHS = [
  ['January', 31],
  ['February', 28],
  ['March', 31],
  ['April', 30],
  ['May', 31],
  ['June', 30],
  ['July', 31],
  ['August', 31],
  ['September', 30],
  ['October', 31],
  ['November', 30],
  ['December', 31],
]
const DAYS_BEFORE = MONTHS.map((_, month) => MONTHS.slice(0, month).reduce((sum, [, days]) => sum + days, 0))
/** The lamp is lit between a quarter to five in December and a quarter to ten in June: minutes after noon. */
const [EARLIEST_LAMP, LATEST_LAMP] = [285, 585]
const SHORTEST_DAY = 355
const FIRST_DAY = { month: 3, day: 2 }

const HOURS = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven']
const MINUTES = ['', 'five past', 'ten past', 'a quarter past', 'twenty past', 'twenty-five past', 'half past']
const MINUTES_TO = ['', 'five to', 'ten to', 'a quarter to', 'twenty to', 'twenty-five to']

/** @param minutes after noon */
function timeInWords(minutes) {
  const fives = Math.round(minutes / 5)
  const [hour, part] = [Math.floor(fives / 12), fives % 12]
  if (part === 0) return `${HOURS[hour % 12]} o'clock`
  return part <= 6 ? `${MINUTES[part]} ${HOURS[hour % 12]}` : `${MINUTES_TO[12 - part]} ${HOURS[(hour + 1) % 12]}`
}

function lampMinutes(month, day) {
  const place = (DAYS_BEFORE[month] + day - SHORTEST_DAY) / 365
  return EARLIEST_LAMP + ((LATEST_LAMP - EARLIEST_LAMP) * (1 - Math.cos(2 * Math.PI * place))) / 2
}

const WORDS = {
  direction: ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'],
  calmSky: [
    'Clear',
    'Clear, with a heavy dew',
    'Very good visibility',
    'Haze at dawn, gone by nine',
    'High cloud',
    'A red sky in the evening',
    'Mist on the water until noon',
    'Fine, and warm for the month',
    'A ring around the moon',
  ],
  wildSky: [
    'Squalls of rain',
    'Heavy rain',
    'Low cloud, and a steep sea',
    'Hail after dark',
    'Rain and spray together',
    'Poor visibility',
    'The landing under water all day',
    'Thunder to the south',
  ],
  calmForce: ['light', 'very light', 'moderate', 'light, freshening after dark', 'moderate, falling light'],
  wildForce: ['strong', 'fresh', 'a gale', 'a whole gale at times', 'strong, with squalls'],
  oil: [
    'two gallons',
    'two gallons and a pint',
    'two gallons and a quart',
    'a gallon and a half',
    'two gallons and a gill',
  ],
  cleaned: [
    'Cleaned the lens',
    'Trimmed all wicks',
    'Wound the clockwork twice',
    'Polished the brass',
    'Washed the lantern panes',
    'Blacked the stove',
    'Whitewashed the stair as far as the thirtieth step',
    'Tarred the boat',
    'Greased the winch',
    'Emptied the rain butt',
  ],
  woman: [
    'Agnes',
    'Martha',
    'Keziah',
    'Rose',
    'Hannah',
    'Judith',
    'Nell',
    'Susan',
    'Phoebe',
    'Dinah',
    'Clara',
    'Lydia',
    'Tamsin',
    'Ruth',
    'Bridget',
  ],
  man: [
    'Jacob',
    'Amos',
    'Edmund',
    'Hugh',
    'Gideon',
    'Matthew',
    'Robin',
    'Walter',
    'Isaac',
    'Francis',
    'Giles',
    'Luke',
    'Barnaby',
    'Daniel',
    'Simon',
  ],
  family: [
    'Penrose',
    'Hale',
    'Trim',
    'Okell',
    'Marsh',
    'Varley',
    'Stroud',
    'Lamb',
    'Corrie',
    'Pascoe',
    'Fenn',
    'Tully',
    'Harker',
    'Moss',
    'Rudd',
    'Quayle',
    'Winter',
    'Bell',
    'Garth',
    'Noble',
  ],
  ship: [
    'Marigold',
    'Two Sisters',
    'Kestrel',
    'Good Intent',
    'Patience',
    'Northern Star',
    'Heron',
    'Prudence',
    'Silver Thread',
    'Lark',
    'Providence',
    'Grey Goose',
    'Emma Rose',
    'Bold Venture',
    'Swallow',
    'Old Friend',
    'Harvest Moon',
    'Wayfarer',
  ],
  rig: ['brig', 'schooner', 'ketch', 'barque', 'cutter', 'collier', 'lugger'],
  port: [
    'Dorsey',
    'Port Allen',
    'Hamble',
    'Stonehaven',
    'Lower Quay',
    'Marrow',
    'Kilbride',
    'Westhaven',
    'Old Harbour',
    'Saint Brannock',
    'Rookmouth',
    'Ferry Cross',
  ],
  cargo: [
    'slate',
    'coal',
    'salt',
    'timber',
    'barley',
    'roof tiles',
    'wool',
    'china clay',
    'apples',
    'lamp oil',
    'paving stone',
    'bricks',
    'herring in barrels',
    'flour',
    'sheep',
    'iron rails',
  ],
  gift: [
    'a jar of honey',
    'a ham in a cloth',
    'a brass thimble',
    'a plum cake',
    'a pair of grey stockings',
    'a tin of ginger biscuits',
    'a clay pipe',
    'a round cheese',
    'a woollen scarf',
    'a basket of pears',
    'a box of candles',
    'a bag of walnuts',
    'a blue jug',
    'a bottle of ink',
    'a packet of seeds',
    'a knitted cap',
    'a side of bacon',
    'a loaf with raisins in it',
  ],
  thing: [
    'a cracked violin',
    'a bird cage',
    'a painted fan',
    'a ship in a bottle',
    'a wooden leg',
    'a silver spoon',
    "a child's boot",
    'a hymn book',
    'a door with the knocker still on it',
    'a copper kettle',
    'an umbrella',
    'a rocking horse',
    'a straw hat with cherries',
    'a tin trumpet',
    'a cradle',
    'a chess board',
    'a sewing box',
    'a bell without a tongue',
  ],
  repair: [
    'the winch',
    'the storm shutter',
    'the pump',
    'the third pane of the lantern',
    'the handrail',
    'the coal store door',
    'the barometer',
    'the stove pipe',
    'the clockwork',
    'the boat hook',
    'the fog bell',
    'the speaking tube',
    'the ladder on the landing',
    'the big kettle',
  ],
  makeshift: [
    'a length of wire',
    'the lid of a biscuit tin',
    'a wedge of driftwood',
    'two spoons and a bootlace',
    'sailcloth and tar',
    'the leg of a chair',
    "a belt that once was my father's",
    'a cork and a great deal of string',
    'the handle of the broom',
    'a flat iron',
  ],
  creature: [
    'a puffin',
    'a young seal',
    'a tired pigeon',
    'a storm petrel',
    'a black cat',
    'a goldcrest',
    'a gannet',
    'a barn owl',
    'a lame curlew',
    'a small brown dog',
    'a swift',
    'a gull with one good wing',
  ],
  creatureName: [
    'Major',
    'Button',
    'Duke',
    'Mrs. Pym',
    'Biscuit',
    'Captain',
    'Pepper',
    'Dumpling',
    'Sir John',
    'Treacle',
    'Needle',
    'Bishop',
    'Thimble',
    'Old Tom',
  ],
  food: [
    'herring',
    'porridge',
    'bread and milk',
    'cold bacon',
    'sprats',
    'pie crust',
    'oatcake',
    'boiled egg',
    'rice pudding',
    'sardines from the tin',
  ],
  meal: [
    'pease pudding',
    'fried herring',
    'mutton broth',
    'potatoes and onions',
    'a pie made of what there was',
    'pancakes',
    'dumplings',
    'barley soup',
    'cod and parsley',
    'eggs and toast',
    'cold tongue',
    'baked apples',
  ],
  trade: [
    'a clock mender',
    'a painter',
    'a schoolmaster',
    'an inspector of bells',
    'a botanist',
    'a piano tuner',
    'a young curate',
    'a cartographer',
    'a seller of spectacles',
    'a newspaper man',
    'a retired diver',
    'a collector of songs',
    'a rat catcher',
    'a photographer',
  ],
  womanTrade: [
    'a clock mender',
    'a painter',
    'a schoolmistress',
    'a midwife',
    'a botanist',
    'a dressmaker',
    'a collector of songs',
    'a photographer',
    'a cook without a place',
    'a mapmaker',
    'a bookbinder',
    'a beekeeper',
  ],
  purpose: [
    'to measure the tower with a piece of string',
    'to count the gulls',
    'to hear the ninth step ring',
    'to draw the lens from every side',
    'to listen to the clockwork',
    'to find a certain kind of moss',
    'to write down the names of the winds',
    'to see the sun come up out of the sea',
    'to be quiet for a week',
    'to find out how far a voice will carry',
    "to look for a brother's initials on the stair",
    'to learn how one sleeps beside a bell',
  ],
  skill: [
    'to tie a bowline with one hand',
    'to whistle through two fingers',
    'to read the barometer without tapping it',
    'to bake a loaf that floats',
    'to row backwards',
    'to play one tune on the mouth organ',
    'to splice a rope',
    'to name forty stars',
    'to darn a stocking',
    'to climb the stair in the dark',
    'to send the alphabet by flag',
    "to milk a goat that isn't there",
    'to write a letter home',
    'to swim as far as the buoy',
  ],
  stake: [
    'a shilling',
    'the last of the marmalade',
    'a week of washing up',
    'his second best hat',
    'a pound of tobacco',
    'the armchair until Easter',
    'a bucket of coal carried up',
    'the first cup of tea for a month',
  ],
  wager: [
    'that it would snow before Sunday',
    'that the Inspector would come in odd boots',
    'that a herring can be sent by post',
    'that the next ship would have three masts',
    'that nobody can eat nine eggs',
    'that the goat house would blow down',
    'that I could not keep silent for a day',
    'that the old pear tree ashore would bear again',
    'that the tide would reach the fourteenth step',
    'that the new curate cannot swim',
  ],
  sea: [
    'grey and flat as a slate',
    'the colour of tea',
    'white to the horizon',
    'as loud as a street',
    'so still that the tower stood on its head in it',
    'green and full of weed',
    'black, with a line of silver at the edge',
    'like crumpled paper',
    'blue for once, and rather pleased about it',
  ],
  task: [
    'the wicks',
    'the putty',
    'the paint',
    'the ropes',
    'the ledgers',
    'the flags',
    'the oil cans',
    'the lamp glasses',
    'the lens',
    'the weather book',
    'the coal',
    'the cistern',
  ],
  saying: [
    'A lamp is only a promise that somebody is awake.',
    'You can argue with a wind, but only while it lasts.',
    'A kettle knows nothing about eternity, and that is why it is good company.',
    'Nothing is lost at sea, my father says. It is only put somewhere else.',
    'The sea has no memory. That is what the book is for.',
    'A door that sticks is at least a door that is thinking about it.',
    'The stair is longer for the person who counts it.',
    'One should not thank the tide, since it was coming anyway.',
    'What is written down before supper is often truer than what is written after.',
    'A good knot is a short conversation.',
    'If you listen long enough to a bell, it starts to listen to you.',
    'There are two kinds of quiet, and the second kind has a ship in it.',
    'The smallest light is the one that is nearly home.',
    'A person who is never bored has not looked closely enough.',
  ],
  number: ['three', 'four', 'five', 'six', 'seven', 'nine', 'eleven', 'twelve', 'fourteen', 'nineteen'],
  few: ['two', 'three', 'four', 'five'],
  Few: ['Two', 'Three', 'Four', 'Five'],
  trifle: [
    'a lamp glass',
    'the oil can',
    'a wet sock',
    'the second best brush',
    'a ladle',
    'half a biscuit',
    'the dustpan',
    'my pencil',
  ],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  rock: ['the Heel Stone', 'Gull Ledge', 'the Anvil', 'the Old Man', 'Button Rock'],
  garment: ['cap', 'waistcoat', 'oilskin', 'jacket', 'Sunday coat', 'nightshirt'],
  hour: ['one', 'two', 'three', 'four', 'five', 'midnight'],
  stores: ['matches', 'flour', 'tea', 'candles', 'salt', 'string', 'lamp wicks', 'soap', 'potatoes'],
  ninth: ['ninth', 'tenth', 'thirtieth', 'sixty-first', 'last'],
  room: [
    'the kitchen',
    'the coal store',
    'the watch room',
    'the oil room',
    'the pantry',
    'the boat shed',
    'the lantern',
  ],
  where: [
    'on the landing',
    'under the toe of the rock',
    'in the garden wall',
    'on the slope of thin grass',
    'between two rocks on the weather side',
    'in the rain butt',
    'by the foot of the tower',
    'in the boat, under the thwart',
    'at the tide line',
  ],
}

const PRONOUNS = {
  woman: { he: 'she', He: 'She', him: 'her', his: 'her', His: 'Her' },
  man: { he: 'he', He: 'He', him: 'him', his: 'his', His: 'His' },
}

/**
 * A story: the values that it keeps, and its stages with the least and the most days before each. In a storm no boat comes:
 * `inStorm` are the stages (from 0) that may happen in one, and a story that `beginsInStorm` begins in no other weather.
 */
const STORIES = [
  {
    values: { keeps: ['ship', 'rig', 'cargo', 'port', 'gift'], person: 'captain' },
    stages: [
      [
        0,
        0,
        [
          'The {rig} {ship} passed [at noon|at dawn|in the forenoon|an hour before dark], bound for {port} with {cargo}. Her captain is {first} {family}, and {he} [hailed us|took off {his} cap to us|shouted something that the wind kept]. {Assistant} [waved a tea towel|answered with the flags|rang the bell once] until she was a mark on the sky.',
          'Spoke the {rig} {ship}, {cargo} for {port}. Captain {family} asked [what day it was, and I told {him}|for an onion, and I sent it over in the boat|for the news, and I shouted it twice]. {He} promised {gift} on the way home.',
        ],
      ],
      [
        4,
        12,
        [
          'No sign yet of the {ship}. It is [a good week|long enough|six days at the least] to {port} and back, with {cargo} to unload.',
          'A fishing boat out of Sallow has seen the {ship} [in {port}|off {port}|alongside at {port}], with her {cargo} half ashore and {first} {family} [asleep on a hatch|quarrelling with a crane|asking for a doctor].',
        ],
      ],
      [
        3,
        10,
        [
          'The {ship} came back from {port}, riding high without her {cargo}. Captain {family} did not forget. {He} sent {gift} over in a bucket, with a note that said only: with thanks, {first} {family}.',
          'It was {first} {family}, of the {ship}, who woke us, by throwing [gravel|a potato|{his} voice] at the door. {Gift} stood on the step. The {cargo} was sold at {port}, {he} said, and well sold, and a promise is a promise.',
        ],
      ],
    ],
  },
  {
    values: { keeps: ['gift', 'purpose'], person: 'visitor' },
    stages: [
      [
        0,
        0,
        [
          'Silas handed up {few} sacks, a crate and {first} {family}. {He} is {a-trade}, and {he} has come {purpose}. "How long does that take?" I asked. "That depends upon the rock," said {first} {family}.',
          'We have a guest. {First} {family} came on the noon boat with {number} boxes, {purpose}. {He} is {a-trade} by profession, {he} says, and a light sleeper by misfortune.',
        ],
      ],
      [
        1,
        3,
        [
          '{first} {family} [was up before the sun|did not come down for dinner|has lost a pencil in {room}|asked {Assistant} a great many questions]. {He} came here {purpose}, and so far {he} has mostly [sneezed|taken notes|watched the kettle].',
          'Rain. {first} {family} sat with us in the kitchen and told us about [{his} mother|a house in {port}|the winter {he} spent in {port}]. {He} had never [cleaned a fish|held a lamp glass|heard a fog bell] before today, and {he} did it well.',
        ],
      ],
      [
        2,
        6,
        [
          'The boat took {first} {family} home. {He} came {purpose}, and {he} says that it is done. On the table we found {gift}, and under it a card: from a grateful {trade-alone}.',
          'Goodbye to {first} {family}. {He} shook hands with me, with {Assistant} and with the stair rail. Of all who ever came here {purpose}, {he} was [the quietest|the tidiest|the only one]. {Gift} was left behind in {room}, on purpose I think.',
        ],
      ],
      [
        14,
        40,
        [
          'A letter from {first} {family}, the {trade-alone}, who does write after all. {He} asks after {Assistant}, and the ninth step, and encloses {gift}, somewhat flattened.',
          'A parcel came from the {trade-alone} who was here {purpose}. It held {gift} and {few} pages in small writing. {First} {family} has not forgotten us.',
        ],
      ],
    ],
  },
  {
    values: { keeps: ['thing', 'where'], person: 'owner' },
    stages: [
      [
        0,
        0,
        [
          'The sea left us {thing} {where}. {Assistant} found it before breakfast. There is a name scratched into it: {family}.',
          'Found {where}: {thing}, [quite dry|very wet|full of sand] and with no owner near it. Somebody has painted the name {family} on it, in [red|white|careful letters].',
        ],
      ],
      [
        2,
        7,
        [
          '{Assistant} will not have {thing} in {room} any longer. I have moved it to {room}. Nobody has asked for it so far.',
          'It looks at us at supper, if {thing} can look. {Assistant} says that there must be a {family} somewhere who misses it.',
        ],
      ],
      [
        3,
        12,
        [
          'The owner has been found. It is {first} {family}, of {port}, who lost {thing} [over the side of a ferry|in the great storm|by lending it to a cousin]. {He} came {himself} and held it [in both hands|against {his} coat|up to the light] and did not say anything for a while.',
          'A letter from {port}. {first} {family} lost {thing} {number} years ago and had given up hope. {He} does not want it sent. {He} only wants to know that it is [dry|safe|on a shelf with a view]. I wrote back that it is.',
        ],
      ],
    ],
  },
  {
    inStorm: [0, 1],
    values: { keeps: ['repair', 'makeshift'], person: 'smith' },
    stages: [
      [
        0,
        0,
        [
          '{Repair} broke [in the night|at the worst possible moment|while I was looking straight at it]. I have mended it with {makeshift}, and asked the Office for a new part.',
          'Trouble with {repair}. {Assistant} blames the wind, I blame {Assistant}, and between us we have put it right with {makeshift} for the present.',
        ],
      ],
      [
        3,
        9,
        [
          'The Office writes about {repair}. They would like to know, in three copies, why {makeshift} should be [entered under stores|mentioned at all|trusted for a night].',
          'No part for {repair} in the boat. Silas says there is a smith in {port}, {first} {family}, who could make one, and that {he} owes him {stake}.',
        ],
      ],
      [
        4,
        14,
        [
          'The part has come. {first} {family}, the smith at {port}, made it from a [drawing|description|guess] of mine, and it fits. I took {makeshift} away from {repair} with real regret.',
          '{first} {family} came out from {port} to see to {repair} {himself}. {He} looked for a long time at what I had done with {makeshift}. "I would leave it," {he} said. So we have left it.',
        ],
      ],
    ],
  },
  {
    inStorm: [0, 1],
    values: { keeps: ['creature', 'creatureName', 'food', 'where'], person: 'friend' },
    stages: [
      [
        0,
        0,
        [
          '{Assistant} came in with {creature} under one arm. It was {where}, [half drowned|quite calm|in a very bad temper]. It would take nothing but {food}, so we have named it {creatureName}.',
          'We have {creature} in the house, found {where} after the gale. "{creatureName}," said {Assistant}, and that was that. It has eaten [all of the|some of the|my share of the] {food-plain}.',
        ],
      ],
      [
        1,
        5,
        [
          '{creatureName} is [better|no worse|stronger], and has moved into {room}. It knows the word for {food} already.',
          '{Assistant} has taught {creatureName} to [wait for its supper|sit still while the weather is read|come when the bell is rung]. It does it for {food}, as most of us would.',
        ],
      ],
      [
        3,
        9,
        [
          '{creatureName} has gone. The door was open, the wind was right, and there was no more {food-plain} on the plate. {Assistant} says that {creature} owes nobody a goodbye.',
          'Silas knows a house in {port} that would be glad of {creature}. So {creatureName} left by boat, in a basket, with a parcel of {food-plain}. {Assistant} polished the brass all afternoon and did not talk.',
        ],
      ],
      [
        12,
        30,
        [
          'I could swear that I saw {creatureName} this morning, {where}. {Assistant} put out some {food-plain}. By noon it had been eaten.',
          '{Assistant} still puts {food-plain} out every night, in case {creatureName} should be passing.',
        ],
      ],
    ],
  },
  {
    inStorm: [0, 1],
    values: { keeps: ['skill'], person: 'friend' },
    stages: [
      [
        0,
        0,
        [
          '{Assistant} has made up {own} mind {skill} before the month is out. I have written it here so that it cannot be denied.',
          '"I wish I knew how {skill}," said {Assistant} at supper. I said that I would teach {object} for {stake-plain}.',
        ],
      ],
      [
        2,
        6,
        [
          '{Assistant} tried [again|all morning|twice, with the door shut] {skill}. I could hear it from {room}. I put [cotton in my ears|the kettle on|it down to the weather].',
          'A little better. "Tomorrow," said {Assistant}, who means {skill} or burst.',
        ],
      ],
      [
        3,
        9,
        [
          'Entered with satisfaction: {Assistant} has learned {skill}. I saw it {myself}, and {first} {family}, who had come with the boat, saw it too.',
          'We have decided that nobody needs {skill} on a rock. {Assistant} agrees. We shook hands on it and ate {meal}.',
        ],
      ],
    ],
  },
  {
    values: { keeps: ['wager', 'stake'], person: 'friend' },
    stages: [
      [
        0,
        0,
        [
          'Silas has bet {stake} {wager}. I took the bet. It is not in the regulations, but it is not forbidden by them.',
          '{Assistant} and Silas have a wager, for {stake}, {wager}. I hold the money, or would if there were any.',
        ],
      ],
      [
        3,
        8,
        [
          'Silas asked about the wager before he had even tied up. I told him to be patient. He says still, and says it loudly, {wager}. I thought of {stake} and kept quiet.',
          'Nothing settled yet. {Assistant} looks out of the window every hour, for the sake of {stake}.',
        ],
      ],
      [
        3,
        9,
        [
          'The wager is settled, and Silas has [won|lost]. He said {wager}, and there [is no more to be said|was a witness, {first} {family} from {port}]. {Stake} changed hands on the landing, with much ceremony.',
          'Nobody has won. The bet was {wager}, and it all [came out exactly in the middle|has been forgotten by everyone but the loser|turned on the meaning of a word]. We shared {stake} as well as it could be shared.',
        ],
      ],
    ],
  },
  {
    beginsInStorm: true,
    inStorm: [0],
    values: { keeps: ['ship', 'rig', 'cargo', 'port'], person: 'sailor' },
    stages: [
      [
        0,
        0,
        [
          'At [two|three|four] in the morning {Assistant} shook me awake. A {rig} had struck [the toe of the rock|the ledge to the north|the shoal], and we could hear her {cargo} going over the side. We took off {few} people with the line. She was the {ship}, of {port}.',
          'A bad night. The {ship}, a {rig} from {port} with {cargo}, lost her rudder within sight of us. {Assistant} threw the line {few} times before it was caught. {first} {family} was the last to leave her.',
        ],
      ],
      [
        1,
        2,
        [
          'There are {number} people in {room}, wearing everything that we own. {first} {family}, of the {ship}, has my coat. We eat {meal}.',
          'The crew of the {ship} slept, and woke, and asked for the {rig}. She has gone. {first} {family} said that she was a good one, even with {cargo} in her. Then {he} asked for a broom, and swept {room}.',
        ],
      ],
      [
        1,
        3,
        [
          'Silas took the people of the {ship} home to {port}. {first} {family} stood up in the boat all the way, as far as I could see {him}, facing us.',
          "The sea went down and the crew of the {ship} went ashore. Nothing is left here but {number} buttons, some {cargo}, and a coat of mine that smells of {first} {family}'s tobacco.",
        ],
      ],
      [
        20,
        45,
        [
          'A new {rig} went by today with flags in all her rigging, and {first} {family} at the wheel. On the stern, in fresh paint, it says {ship}, and under it, {port}.',
          'My coat has come back from {port}, washed and with a new lining. In the pocket was {gift}, and a page signed by everybody from the {ship}. {first} {family} has signed twice.',
        ],
      ],
    ],
  },
]

/** What belongs to no story. */
const SMALL = [
  '{Assistant} did {task} and I did {task2}, and we met at {meal}.',
  'We ate {meal}. {Assistant} says that {meal2} would have been better, and I say that {meal2} needs {stores}.',
  'Counted {number} ships between noon and dark, of which {few} answered the flags.',
  'Wrote to my father about {task} and about {meal}. I left out {task2}.',
  '{saying}',
  'A quiet watch. Between {hour} and {hour2} I heard nothing but {sound}.',
  'The Office has sent a circular about {task}. They want {number} copies by {weekday}.',
  'Silas brought {stores}, {number} letters and news: {first} {family} is to marry {other} {family2} on {weekday}.',
  'Slept badly. I dreamed that {task} had been moved to {port} and {task2} to {port2}.',
  'There is {gift} in {room}, and I do not remember from whom.',
  'Took the boat around the rock to {rock}. From there the tower looks like {thing}.',
  'A gull has taken {trifle} to {rock}. {Assistant} went after it and came back with {trifle2}.',
  '{Few} seals lay {where} and looked at {Assistant} as one looks at {thing}.',
  'Found a note of mine in {room}: remember {task} before {weekday}. It was {weekday2} already.',
  'We are low on {stores} and on {stores2}. Silas has tied {few} knots in his handkerchief.',
  '{Assistant} has grown out of {own} {garment}. The next boat must bring another, and {stores}.',
  'A bottle came ashore {where}. In it was a page about {task}, signed by {first} {family} of {port}.',
  'The {ninth} step has begun to ring a little [lower|higher|longer]. {Assistant} blames {task}.',
  'I have put {gift} aside for {first} {family}, who is coming from {port} on {weekday}.',
  'I read the old log again, the pages about {task}. Arkle wrote small when {task2} went well.',
  '{Assistant} dropped {trifle} down the stair. It rang on every step but the {ninth}.',
  'The sea was {sea}.',
]

/** The light that Tobias Arkle shows on fine nights, from the hill above Sallow. */
const ARKLE = [
  "At nine o'clock the small light on the hill above Sallow. I counted eleven and answered.",
  "Tobias Arkle's lamp at [nine|ten past nine|half past nine], [very steady|a little yellow|low in the window|as clear as a star]. I gave him the eleven seconds back.",
  'Clear enough for the hill. One small light, covered and shown. "He is counting," said {Assistant}. "So are we," I said.',
  'No light on the hill at nine. It came at half past. He will have [fallen asleep over his tea|been at the wicks|had visitors|mislaid the matches].',
  'The light on the hill was brighter tonight. He must have {cleaning}.',
]

const ENDINGS = ['All in order.', 'All in order, as far as I can see.', 'Nothing further.', 'Good night.', '']

/** Assistants come in September and stay for a year. */
const ASSISTANTS = [
  { Assistant: 'Jory', own: 'his', object: 'him' },
  { Assistant: 'Hettie', own: 'her', object: 'her' },
  { Assistant: 'Alban', own: 'his', object: 'him' },
  { Assistant: 'Effie', own: 'her', object: 'her' },
]

/** Words that a small paragraph has two of. */
const DRAWN_TWICE = ['task', 'meal', 'hour', 'port', 'stores', 'weekday', 'trifle']
const SOUNDS = ['the clockwork', 'the kettle', 'my own pen', 'the sea in the boat shed', 'the rain on the lantern']
const CLEANING = ['washed the glass', 'trimmed the wick', 'bought a new chimney', 'opened the curtain all the way']

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)
const withoutArticle = (text) => text.replace(/^(an?|the) /, '')

/** @returns about `characters` characters of entries, from 2 April of the year after Arkle's last entry */
export function writeLog(seed, characters) {
  const random = createRandom(seed)
  const { draw, write } = createGrammar(random, { ...WORDS, sound: SOUNDS, cleaning: CLEANING })
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
