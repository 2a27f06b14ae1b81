/** What happens on Carrow Rock, as patterns of grammar.mjs. */

/**
 * A story: the values that it keeps, and its stages with the least and the most days before each. In a storm no boat comes:
 * `inStorm` are the stages (from 0) that may happen in one, and a story that `beginsInStorm` begins in no other weather.
 */
export const STORIES = [
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
export const SMALL = [
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
export const ARKLE = [
  "At nine o'clock the small light on the hill above Sallow. I counted eleven and answered.",
  "Tobias Arkle's lamp at [nine|ten past nine|half past nine], [very steady|a little yellow|low in the window|as clear as a star]. I gave him the eleven seconds back.",
  'Clear enough for the hill. One small light, covered and shown. "He is counting," said {Assistant}. "So are we," I said.',
  'No light on the hill at nine. It came at half past. He will have [fallen asleep over his tea|been at the wicks|had visitors|mislaid the matches].',
  'The light on the hill was brighter tonight. He must have {cleaning}.',
]

export const ENDINGS = ['All in order.', 'All in order, as far as I can see.', 'Nothing further.', 'Good night.', '']
