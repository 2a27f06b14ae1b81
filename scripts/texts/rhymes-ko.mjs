/**
 * Korean children's verses. Each repeats a frame with a sound, a guest or a number that its first line names, in lines of
 * four beats. Particles: particles.mjs.
 */
import { createGrammar } from './grammar.mjs'
import { createRandom, shuffled } from './random.mjs'

/** Guests of the house: the sound they make, and what they come down on. */
const GUESTS = [
  ['똑똑똑', '비가', ['지붕', '우산', '장독', '나뭇잎', '창문', '돌담', '호박잎', '연못']],
  ['살랑살랑', '바람이', ['빨래', '풀잎', '꽃잎', '버들잎', '깃발', '보리밭', '커튼', '치맛자락']],
  ['소복소복', '눈이', ['지붕', '나무', '장독', '돌담', '썰매', '배추밭', '굴뚝', '대문']],
  ['반짝반짝', '별이', ['연못', '지붕', '언덕', '창문', '강물', '이슬', '구름', '솔잎']],
  ['폴짝폴짝', '참새가', ['마루', '빨래', '돌담', '지붕', '나무', '대문', '멍석', '우물']],
  ['사뿐사뿐', '나비가', ['꽃잎', '풀잎', '모자', '울타리', '장독', '호박꽃', '자전거', '그네']],
  ['보슬보슬', '이슬비가', ['풀잎', '꽃잎', '연못', '오솔길', '상추밭', '우산', '기와', '나루터']],
  ['후드득', '소나기가', ['호박잎', '양철 지붕', '장독', '우산', '멍석', '강물', '돌다리', '원두막']],
  ['하늘하늘', '잠자리가', ['빨래', '갈대', '울타리', '장대', '연못', '코스모스', '풀잎', '어깨']],
  ['데굴데굴', '낙엽이', ['마당', '골목', '오솔길', '돌다리', '마루', '그네', '우물', '계단']],
]

const SOUNDS = [
  ['고양이', '야옹', '야옹야옹'],
  ['강아지', '멍멍', '멍멍멍'],
  ['병아리', '삐악', '삐악삐악'],
  ['송아지', '음매', '음매음매'],
  ['오리', '꽥꽥', '꽥꽥꽥'],
  ['개구리', '개굴', '개굴개굴'],
  ['돼지', '꿀꿀', '꿀꿀꿀'],
  ['생쥐', '찍찍', '찍찍찍'],
  ['염소', '매애', '매애매애'],
  ['뻐꾸기', '뻐꾹', '뻐꾹뻐꾹'],
  ['부엉이', '부엉', '부엉부엉'],
  ['까치', '깍깍', '깍깍깍'],
  ['참새', '짹짹', '짹짹짹'],
  ['할머니', '어흠', '어흠어흠'],
  ['할아버지', '에헴', '에헴에헴'],
  ['아기', '까르르', '까르르르'],
]

/** Without the people. */
const ANIMALS = SOUNDS.filter(([who]) => !['할머니', '할아버지', '아기'].includes(who))

const NUMBERS = [
  ['하나', ['하늘 보고', '하얀 구름', '하마 하품', '하모니카']],
  ['둘', ['두 손 들고', '두루미', '두꺼비집', '두둥실 배']],
  ['셋', ['세 번 뛰고', '세모 지붕', '세발자전거', '세숫대야']],
  ['넷', ['네 집 가자', '네모 창문', '네잎클로버', '네거리에']],
  ['다섯', ['다람쥐', '다 모여라', '다리 건너', '다시 하자']],
  ['여섯', ['여우 꼬리', '여름 바다', '여기 있다', '여치 한 마리']],
  ['일곱', ['일어나서', '일찍 자자', '일개미 떼', '일곱 빛깔']],
  ['여덟', ['여럿이서', '여물 먹고', '여름 소나기', '여울 건너']],
]

const WORDS = {
  child: ['순이', '철이', '영이', '복이', '돌이', '분이', '민이', '솔이', '별이', '봄이', '달이', '은이'],
  family: ['할머니', '할아버지', '엄마', '아빠', '누나', '형님', '동생', '이모', '고모', '삼촌'],
  neighbour: ['앞집', '뒷집', '옆집', '아랫집', '윗집', '건넛집'],
  food: ['송편', '만두', '부침개', '강정', '꽈배기', '인절미', '호떡', '경단', '주먹밥', '찐빵'],
  shape: ['조물조물', '동글동글', '쪼물쪼물', '주물주물', '빚고 빚고'],
  far: ['산 너머', '강 건너', '들 건너', '고개 너머', '바다 건너', '마을 너머', '구름 너머', '솔숲 너머'],
  little: ['별', '배', '새', '꽃', '양', '곰', '토끼', '노루', '나무', '바람', '구름', '물고기', '반딧불', '조약돌'],
  sky: ['달아', '별아', '해야', '구름아', '바람아', '기차야', '나비야', '제비야'],
  tree: ['감나무', '배나무', '밤나무', '대추나무', '살구나무', '은행나무', '앵두나무', '자두나무'],
  where: ['마당에', '뒷산에', '우물가에', '밭둑에', '골목에', '언덕에', '담장 밑에', '개울가에'],
  thing: ['신발', '모자', '연필', '우산', '단추', '장갑', '구슬', '팽이', '제기', '가방', '필통', '부채'],
  colour: ['빨간', '노란', '파란', '하얀', '까만', '분홍', '초록', '보라'],
  move: ['깡충깡충', '성큼성큼', '아장아장', '살금살금', '터벅터벅', '뒤뚱뒤뚱', '쪼르르', '껑충껑충'],
  vehicle: ['기차', '나룻배', '자전거', '버스', '썰매', '달구지', '돛단배', '꽃가마'],
}

/** 앵두나무 bears 앵두. */
const fruitOf = (tree) => tree.replace(/나무$/, '')

/** @returns about `characters` characters of verses */
export function writeKoreanRhymes(seed, characters) {
  const random = createRandom(seed)
  const { deal, draw, write } = createGrammar(random, WORDS)
  const several = (list, count) => shuffled(random, list).slice(0, count)

  /** 똑똑똑 누구세요 아기 비가 왔어요 */
  function guest() {
    const [sound, who, places] = deal(GUESTS)
    const [first, second, third] = several(places, 3)
    const mine = deal(['내 손등', '내 머리', '내 모자', '우리 집', '내 이마', '내 어깨', '우리 동네'])
    const knock = `${sound} 누구세요 아기 ${who} 왔어요`
    return [knock, `${first} 위에 ${sound} ${second} 위에 ${sound}`, knock, `${third} 위에 ${sound} ${mine}에 ${sound}`]
  }

  /** 하나 하면 하늘 보고 */
  function counting() {
    const most = 4 + Math.floor(random() * 5)
    return NUMBERS.slice(0, most).map(([number, endings]) => `${number} 하면 ${deal(endings)}`)
  }

  /** 고양이가 야옹 하면 생쥐는 쏙 */
  function hiding() {
    const hidden = deal(['쏙', '뚝', '쿨쿨', '벌떡', '폴짝'])
    const animals = several(SOUNDS, 4)
    const lines = animals
      .slice(0, 3)
      .map(([who, sound], i) => `${who}(이/가) ${sound} 하면 ${animals[i + 1][0]}(은/는) ${hidden}`)
    const [last, lastSound] = animals[3]
    return [
      ...lines,
      `${last}(이/가) ${lastSound} 하면 모두 모두 ${hidden}`,
      ...animals.map(([who, , call]) => `${who}(이/가) 나와서 ${call}`),
    ]
  }

  /** 달아 달아 어디 가니 */
  function travelling() {
    const sky = draw('sky')
    const [first, second] = several(WORDS.far, 2)
    const [one, other] = several(WORDS.little, 2)
    return [
      `${sky} ${sky} 어디 가니 ${first}에 간단다`,
      `${first}에 왜 가니 아기 ${one}(을/를) 재운단다`,
      `${sky} ${sky} 어디 가니 ${second}에 간단다`,
      `${second}에 왜 가니 아기 ${other}(을/를) 재운단다`,
      `${sky} ${sky} 어디 가니 우리 집에 온단다`,
      '우리 집에 왜 오니 우리 아기 재운단다',
    ]
  }

  /** 조물조물 무얼 만드나 송편 하나 만들지 */
  function making() {
    const [shape, food] = [draw('shape'), draw('food')]
    const given = several(
      WORDS.neighbour.flatMap((house) => ['할머니', '동생', '아기', '형님', '누나'].map((who) => `${house} ${who}`)),
      2,
    )
    return [
      `${shape} 무얼 만드나 ${food} 하나 만들지`,
      `하나는 누구 주나 ${given[0]} 주지`,
      `${shape} 무얼 만드나 ${food} 둘을 만들지`,
      `둘은 누구 주나 ${given[1]} 주지`,
      `${shape} 무얼 만드나 ${food} 셋을 만들지`,
      '셋은 누구 주나 너랑 나랑 먹지',
    ]
  }

  /** 자장자장 별이 자고 */
  function lullaby() {
    const sleepers = several([...WORDS.little, ...ANIMALS.map(([who]) => who)], 6)
    return [
      `자장자장 ${sleepers[0]}(이/가) 자고 자장자장 ${sleepers[1]}(이/가) 자고`,
      `자장자장 ${sleepers[2]}도 자고 자장자장 ${sleepers[3]}도 자고`,
      `자장자장 ${sleepers[4]}도 자고 자장자장 ${sleepers[5]}도 자고`,
      '자장자장 우리 아기 자장자장 잘도 잔다',
    ]
  }

  /** 감나무에 감이 셋 */
  function picking() {
    const [tree, child] = [draw('tree'), draw('child')]
    const fruit = fruitOf(tree)
    const [one, other] = several(WORDS.family, 2)
    return [
      `${tree}에 ${fruit}(이/가) 셋 누가 누가 땄을까`,
      `하나는 ${one} 따고 하나는 ${other} 따고`,
      `남은 ${fruit} 하나는 ${child}(이/가) 땄지`,
      `${tree} ${tree} 내년에도 열려라`,
    ]
  }

  /** 빨간 모자 어디 있나 */
  function seeking() {
    const [colour, thing, child] = [draw('colour'), draw('thing'), draw('child')]
    const [first, second] = several(WORDS.where, 2)
    const animal = deal(ANIMALS)
    return [
      `${colour} ${thing} 어디 있나 ${first} 있나 없지`,
      `${colour} ${thing} 어디 있나 ${second} 있나 없지`,
      `${animal[0]}(이/가) 물고 가서 ${animal[2]} 울지`,
      `${child}(이/가) 찾아왔네 ${colour} ${thing} 여기 있지`,
    ]
  }

  /** 깡충깡충 어디 가나 */
  function walking() {
    const [move, child, vehicle] = [draw('move'), draw('child'), draw('vehicle')]
    const [first, second] = several(WORDS.where, 2)
    const friend = deal(ANIMALS)
    return [
      `${move} ${child}(이/가) ${first} 가네`,
      `${move} ${friend[0]}도 ${first} 가네`,
      `${vehicle} 타고 ${child}(이/가) ${second} 가네`,
      `${vehicle} 타고 ${friend[0]}도 ${second} 가네`,
      `${child}(이/가) 노래하면 ${friend[0]}(은/는) ${friend[2]}`,
    ]
  }

  const FORMS = [guest, counting, hiding, travelling, making, lullaby, picking, seeking, walking]
  const verses = []
  let length = 0
  while (length < characters) {
    const verse = write(deal(FORMS)().join('\n'))
    verses.push(verse)
    length += verse.length + 2
  }
  return `${verses.join('\n\n')}\n`
}
