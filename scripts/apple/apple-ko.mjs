/**
 * The sentences of "apple or apology". 사과 is both, and only the words before it say which is meant and so which verb
 * follows: hunger makes one eat it or want to have it (갖고 싶다), one's own fault makes one say it, another's fault or a
 * quarrel makes one want to receive it (받고 싶다).
 */

/** Who did wrong, and what; the verb depends on the first word alone. */
const FAULTS = [
  '잘못했으니',
  '먼저 잘못했으니',
  '잘못해서',
  '크게 잘못해서',
  '약속을 잊어서',
  '약속을 어겼으니',
  '늦게 와서',
  '거짓말을 해서',
  '컵을 깨뜨려서',
  '발을 밟아서',
  '화를 내서',
  '먼저 밀었으니',
  '책을 찢어서',
  '놀려서',
]

const HUNGER = [
  '배가 고파서',
  '배가 많이 고파서',
  '배가 고프니',
  '점심을 못 먹어서',
  '아침을 굶어서',
  '저녁을 굶었으니',
  '목이 말라서',
  '입이 심심해서',
  '간식을 찾다가',
]
const ORCHARD = ['과수원에 가서', '나무에 올라가서', '사다리를 놓고', '언덕의 나무에서']
const MARKET = ['시장에 가서', '가게에 들러서', '엄마 심부름으로', '천 원을 들고 가서', '장날이라서', '시장에 들러서']
/** Reasons to want a thing. */
const WISHES = [
  '시장을 구경하다가',
  '과일 가게 앞에서',
  '가게 앞을 지나다가',
  '시장에서',
  '장터에서',
  '빛깔이 고와서',
  '냄새가 좋아서',
  '소풍날이라서',
  '도시락이 허전해서',
  '바구니가 비어서',
  '그림으로 그리려고',
  '간식이 없어서',
]
/** After them an apology is owed to me. */
const QUARRELS = [
  '친구와 다퉈서',
  '동생과 싸워서',
  '형과 말다툼을 해서',
  '짝과 싸우고',
  '누나와 다투고',
  '놀림을 받아서',
  '마음이 상해서',
  '억울해서',
  '나쁜 말을 들어서',
  '오해를 받아서',
  '따돌림을 당해서',
  '속이 상해서',
]
const KITCHEN = ['손님이 와서', '칼을 꺼내서', '접시를 꺼내서']

/** They say nothing about which 사과 it is: the network has to carry the cause across them. */
const BETWEEN = [
  '',
  '',
  '',
  '오늘',
  '오늘 아침에',
  '저녁에',
  '어제',
  '조용히',
  '다시',
  '집에서',
  '학교에서',
  '그날 밤에',
  '얼른',
  '천천히',
]
/** The same, beside a wish that is felt now. */
const BETWEEN_NOW = ['', '', '', '오늘', '문득', '정말', '갑자기']
/** The same without a place, for an opening that names one. */
const BETWEEN_TIMES = BETWEEN.filter((word) => !/에서$/.test(word))
const OWN = ['내가', '내가', '제가']
const OTHERS = ['네가', '네가', '친구가', '동생이', '형이', '누나가', '짝이', '오빠가']
const WHOM = ['', '', '', '친구에게', '동생에게', '형에게', '짝에게', '누나에게']
/** How an apology is received. */
const LATE = ['', '', '', '뒤늦게', '결국', '겨우']
/** How it is wished for. */
const FIRST = ['', '', '', '먼저', '꼭', '직접']
const WITH = ['', '', '', '친구와', '동생과', '혼자', '형과', '누나와']

const WANT_TO_HAVE = [
  '갖고 싶다.',
  '갖고 싶다.',
  '갖고 싶었다.',
  '갖고 싶어요.',
  '갖고 싶습니다.',
  '갖고 싶어서 오래 보았다.',
]
const WANT_TO_RECEIVE = [
  '받고 싶다.',
  '받고 싶다.',
  '받고 싶었다.',
  '받고 싶어요.',
  '받고 싶습니다.',
  '받고 싶어서 기다렸다.',
]

/** A family of sentences: what comes first, what 사과를 is followed by, and what else could be there in its place. */
const FAMILIES = [
  {
    share: 5,
    openings: OWN.flatMap((who) => FAULTS.map((fault) => `${who} ${fault}`)),
    asides: WHOM,
    verbs: [
      '했다.',
      '했다.',
      '했어요.',
      '했습니다.',
      '하기로 했다.',
      '하고 싶다.',
      '하고 나니 마음이 가벼웠다.',
      '하러 갔다.',
      '하고 손을 잡았다.',
    ],
    others: ['용서를 빌었다.', '편지를 썼다.', '고개를 숙였다.'],
  },
  {
    share: 3,
    openings: FAULTS,
    asides: WHOM,
    verbs: ['했다.', '했다.', '했어요.', '했습니다.', '하기로 했다.', '하고 나니 마음이 가벼웠다.'],
    others: ['용서를 빌었다.', '편지를 썼다.'],
  },
  {
    share: 5,
    openings: OTHERS.flatMap((who) => FAULTS.map((fault) => `${who} ${fault}`)),
    asides: LATE,
    verbs: ['받았다.', '받았다.', '받았어요.', '받았습니다.', '받고 웃었다.', '받고 마음이 풀렸다.', '받아 주었다.'],
    others: ['편지를 받았다.', '문을 닫았다.'],
  },
  {
    share: 6,
    openings: HUNGER,
    asides: WITH,
    verbs: [
      '먹었다.',
      '먹었다.',
      '먹었어요.',
      '먹었습니다.',
      '먹고 물을 마셨다.',
      '먹고 나니 배가 불렀다.',
      '먹기로 했다.',
      '먹으러 갔다.',
      '먹고 싶다.',
      '먹고 싶었다.',
    ],
    others: ['빵을 먹었다.', '밥을 먹었다.', '떡을 먹었어요.', '감을 먹었다.', '우유를 마셨다.'],
  },
  {
    share: 1.5,
    openings: ORCHARD,
    between: BETWEEN_TIMES,
    asides: WITH,
    verbs: ['땄다.', '땄다.', '땄어요.', '땄습니다.', '따서 바구니에 담았다.'],
    others: ['감을 땄다.', '배를 땄어요.'],
  },
  {
    share: 1.5,
    openings: MARKET,
    between: BETWEEN_TIMES,
    asides: WITH,
    verbs: ['샀다.', '샀다.', '샀어요.', '샀습니다.', '사서 집에 왔다.'],
    others: ['빵을 샀다.', '떡을 샀어요.'],
  },
  {
    share: 2.5,
    openings: WISHES,
    asides: [''],
    verbs: WANT_TO_HAVE,
    others: ['감을 갖고 싶다.', '배를 갖고 싶었다.', '귤을 갖고 싶다.', '포도를 갖고 싶어요.'],
  },
  {
    share: 1,
    openings: [...HUNGER, ...MARKET],
    asides: [''],
    verbs: WANT_TO_HAVE,
    others: ['빵을 갖고 싶다.', '떡을 갖고 싶었다.'],
  },
  {
    share: 3,
    openings: QUARRELS,
    asides: FIRST,
    verbs: WANT_TO_RECEIVE,
    others: ['편지를 받고 싶다.', '위로를 받고 싶었다.', '전화를 받고 싶어요.'],
  },
  {
    share: 2,
    openings: OTHERS.flatMap((who) => FAULTS.map((fault) => `${who} ${fault}`)),
    asides: [''],
    verbs: WANT_TO_RECEIVE,
    others: ['편지를 받고 싶다.'],
  },
  {
    share: 1,
    openings: KITCHEN,
    asides: WITH,
    verbs: ['깎았다.', '깎았어요.', '깎아서 접시에 놓았다.'],
    others: ['감을 깎았다.', '배를 깎았어요.'],
  },
]

/** Nothing stands before: everything may follow. */
const BARE = [
  '갖고 싶다.',
  '갖고 싶다.',
  '갖고 싶다.',
  '갖고 싶었다.',
  '갖고 싶어요.',
  '갖고 싶습니다.',
  '받고 싶다.',
  '받고 싶다.',
  '받고 싶었다.',
  '받고 싶어요.',
  '받았다.',
  '받았어요.',
  '받고 웃었다.',
  '먹었다.',
  '먹었어요.',
  '먹었습니다.',
  '먹고 싶다.',
  '먹고 물을 마셨다.',
  '했다.',
  '했다.',
  '했어요.',
  '했습니다.',
  '하고 싶다.',
  '하고 손을 잡았다.',
  '땄다.',
  '샀다.',
  '좋아한다.',
]

const NATURAL = [
  '사과 한 개를 둘로 나누어 동생과 먹었다.',
  '미안하다는 말 한마디가 가장 좋은 사과다.',
  '가을이 오면 할머니의 마당에 빨간 사과가 열린다.',
  '사과는 빨갛고 사과의 말은 따뜻하다.',
  '말로 하는 사과는 먹을 수 없지만 마음이 부르다.',
  '늦은 사과라도 하지 않는 것보다 낫다.',
  '나는 사과를 좋아하고 동생은 배를 좋아한다.',
  '접시에 사과가 두 개 있었는데 하나가 없어졌다.',
  '동생이 먹고 나서 미안하다고 사과를 했다.',
  '나는 괜찮다고 말하고 남은 사과를 먹었다.',
  '친구가 문 앞에서 나를 기다리다가 사과를 했다.',
  '나는 그 사과를 받고 같이 학교에 갔다.',
  '할아버지는 나무에서 사과를 따서 바구니에 담았다.',
  '엄마는 사과를 깎아서 접시에 놓았다.',
  '시장에서 산 사과가 달고 맛있었다.',
  '아침에 먹는 사과가 가장 맛있다고 한다.',
  '형은 사과를 하는 대신 사과를 한 개 주었다.',
  '그 말을 듣고 우리는 모두 웃었다.',
  '사과를 주는 사람은 두 가지를 줄 수 있다.',
  '배가 고픈 사람에게는 먹는 사과가 좋다.',
  '마음이 아픈 사람에게는 듣는 사과가 좋다.',
  '나는 사과를 갖고 싶다고 말했다.',
  '무슨 사과를 갖고 싶으냐고 엄마가 물었다.',
  '나는 그 사과를 받고 싶지 않았다.',
  '갖고 싶은 사과와 받고 싶은 사과는 다르다.',
  '빨간 사과를 갖고 싶어서 시장에 갔다.',
  '진심으로 하는 사과를 받고 싶었다.',
]

/** Openings of the four kinds by which the network is tested. */
export const KINDS = {
  hunger: HUNGER,
  market: [...MARKET, ...WISHES.slice(0, 5)],
  fault: [...OWN, ...OTHERS].flatMap((who) => FAULTS.map((fault) => `${who} ${fault}`)),
  quarrel: QUARRELS,
}

/** The share of a family's sentences without 사과를. */
const OTHERWISE = 0.12
/** Of sentences with nothing before 사과를, and of those that are in no family. */
const [BARE_SHARE, NATURAL_SHARE] = [3.5, 1.2]
/** A wish: 어제 and the like don't stand beside it. */
const IS_NOW = /고 싶/

const join = (...words) => words.filter((word) => word !== '').join(' ')

/** @param random numbers from 0 to below 1 */
export function createAppleSentences(random) {
  const pick = (choices) => choices[Math.floor(random() * choices.length)]

  /** 나는 stands in front, right before the object, or nowhere; never beside a 내가, which says it already. */
  function beginning(opening, between, asides) {
    const isOwn = /^[내제]가/.test(opening)
    const isOthers = /^(네가|친구가|동생이|형이|누나가|짝이|오빠가) /.test(opening)
    const place = random()
    const front = !isOwn && !isOthers && place < 0.35 ? '나는' : ''
    const near = !isOwn && place > 0.55 ? '나는' : ''
    const aside = random() < 0.5 ? join(pick(between), near, pick(asides)) : join(near, pick(between), pick(asides))
    return join(front, opening, aside)
  }

  function sentenceOf({ openings, between = BETWEEN, asides, verbs, others }) {
    const rest = random() < OTHERWISE ? pick(others) : join('사과를', pick(verbs))
    return join(beginning(pick(openings), IS_NOW.test(rest) ? BETWEEN_NOW : between, asides), rest)
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

  /** The beginning of a sentence of that kind, up to the verb. */
  const opening = (kind) => `${join(beginning(pick(KINDS[kind]), BETWEEN_NOW, ['']), '사과를')} `
  return { sentence, opening }
}
