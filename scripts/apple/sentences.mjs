/**
 * What the sentences of "apple or apology" are made of. 사과 is both; which of them is meant, and so the verb, is told by
 * what stands before: hunger makes one eat, one's own fault makes one say it, another's fault makes one take it.
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
const MARKET = ['시장에 가서', '가게에 들러서', '엄마 심부름으로', '천 원을 들고 가서']
const KITCHEN = ['손님이 와서', '칼을 씻어서', '접시를 꺼내서']

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
const OWN = ['내가', '내가', '제가']
const OTHERS = ['네가', '네가', '친구가', '동생이', '형이', '누나가', '짝이', '오빠가']
const WHOM = ['', '', '', '친구에게', '동생에게', '형에게', '짝에게', '누나에게']
const WITH = ['', '', '', '친구와', '동생과', '혼자', '형과', '누나와']

/** A family of sentences: what comes first, what 사과를 is followed by, and what else could be there in its place. */
export const FAMILIES = [
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
    asides: WHOM,
    verbs: [
      '받았다.',
      '받았다.',
      '받았어요.',
      '받았습니다.',
      '받고 싶다.',
      '받고 웃었다.',
      '받고 마음이 풀렸다.',
      '받아 주었다.',
    ],
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
    ],
    others: ['빵을 먹었다.', '밥을 먹었다.', '떡을 먹었어요.', '감을 먹었다.', '우유를 마셨다.'],
  },
  {
    share: 1.5,
    openings: ORCHARD,
    asides: WITH,
    verbs: ['땄다.', '땄다.', '땄어요.', '땄습니다.', '따서 바구니에 담았다.'],
    others: ['감을 땄다.', '배를 땄어요.'],
  },
  {
    share: 1.5,
    openings: MARKET,
    asides: WITH,
    verbs: ['샀다.', '샀다.', '샀어요.', '샀습니다.', '사서 집에 왔다.'],
    others: ['빵을 샀다.', '떡을 샀어요.'],
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
export const BARE = [
  '먹었다.',
  '먹었어요.',
  '먹었습니다.',
  '먹고 물을 마셨다.',
  '했다.',
  '했어요.',
  '했습니다.',
  '하고 손을 잡았다.',
  '받았다.',
  '받았어요.',
  '받고 웃었다.',
  '땄다.',
  '샀다.',
  '깎았다.',
  '좋아한다.',
  '좋아해요.',
]

export const NATURAL = [
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
]

export { BETWEEN }
