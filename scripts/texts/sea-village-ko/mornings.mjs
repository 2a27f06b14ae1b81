/**
 * Further mornings in Mulmi-ri, after the story: what Sumin reads from the loudspeaker, and what becomes of it. A thing that
 * is lost, a boat that puts out, a guest, a wager or a promise returns some mornings later with the same people and names.
 * The broadcast is in 합니다체, the narration in 했다체, speech as people of their ages speak. Particles: particles.mjs.
 */
import { createGrammar } from '../grammar.mjs'
import { createRandom, wholeNumber } from '../random.mjs'
import { DISHES, EXTRA, GREETINGS, PARTINGS, SMALL, STORIES } from './stories.mjs'
import { WORDS } from './words.mjs'

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const FIRST_MONTH = 10
const ORDINALS = ['첫째', '둘째', '셋째', '넷째', '다섯째']
const COUNTS = ['', '한', '두', '세', '네', '다섯']

/** Those of whom the stories tell, as the narration and as the loudspeaker name them. */
const PEOPLE = [
  ['박 영감', '박 영감님'],
  ['조 영감', '조 영감님'],
  ['부녀회장', '부녀회장님'],
  ['가게 주인', '가게 주인 아저씨'],
  ['김 선장', '김 선장님'],
  ['옥분 할머니', '옥분 할머니'],
  ['두부집 아주머니', '두부집 아주머니'],
  ['이발사 노 씨', '이발사 노 씨'],
  ['민박집 아주머니', '민박집 아주머니'],
  ['한약방 할아버지', '한약방 할아버지'],
  ['우체부 오 씨', '우체부 오 씨'],
  ['감나무집 할아버지', '감나무집 할아버지'],
  ['방앗간 아주머니', '방앗간 아주머니'],
]

/** Those who call each other 자네. */
const MEN = PEOPLE.filter(([name]) => /영감|선장|노 씨|할아버지|가게 주인/.test(name))

/** @returns about `characters` characters of mornings */
export function writeMornings(seed, characters) {
  const random = createRandom(seed)
  const { deal, draw, write } = createGrammar(random, { ...WORDS, number2: ['세', '네'] })
  const happens = (share) => random() < share
  let running = []
  const isUsed = (key, value) => running.some(({ scene }) => scene[key] === value)

  function drawUnused(list) {
    for (let attempt = 0; ; attempt++) {
      const word = draw(list)
      if (!isUsed(list, word) || attempt > 20) return word
    }
  }

  function people(choice = PEOPLE) {
    const [p, pp] = deal(choice)
    let [q, qq] = deal(choice)
    while (q === p) [q, qq] = deal(choice)
    return { p, pp, q, qq }
  }

  function begin(story) {
    const scene = people(story.isOfMen ? MEN : PEOPLE)
    if (story.hasDish) [scene.dish, scene.ingredient] = deal(DISHES)
    for (const kept of story.keeps) scene[kept] = kept === 'place2' ? draw('place') : drawUnused(kept)
    while (scene.place2 !== undefined && scene.place2 === scene.place) scene.place2 = draw('place')
    running.push({ scene, stages: [...story.stages], wait: 0 })
  }

  const mornings = []
  let length = 0
  let [month, day] = [FIRST_MONTH, 2]
  let order = []
  while (length < characters) {
    running.forEach((story) => (story.wait -= 1))
    if (running.length < 5 || happens(0.3)) {
      if (order.length === 0) order = STORIES.map((story) => [random(), story]).sort(([a], [b]) => a - b)
      begin(order.pop()[1])
    }
    const due = running.filter(({ wait }) => wait <= 0).slice(0, 2)
    const values = () => {
      const { work, work2 } = { work: draw('work'), work2: draw('work') }
      return { ...people(), work, work2: work2 === work ? '저녁을 지었다' : work2 }
    }
    const items = []
    const told = []
    for (const story of due) {
      const [, , broadcast, narration] = story.stages.shift()
      if (story.stages.length > 0)
        story.wait = Math.ceil(wholeNumber(random, story.stages[0][0], story.stages[0][1]) / 2)
      items.push(write(broadcast, story.scene))
      told.push(write(narration, { ...values(), ...story.scene }))
    }
    running = running.filter(({ stages }) => stages.length > 0)
    if (items.length === 0 || happens(0.4)) items.push(write(EXTRA, values()))
    if (told.length === 0 || happens(0.4)) told.push(write(SMALL, values()))
    const list = items.map((item, i) => (items.length === 1 ? `${item}.` : `${ORDINALS[i]}, ${item}.`)).join(' ')
    const count =
      items.length === 1
        ? '오늘 알려 드릴 것은 한 가지입니다.'
        : `오늘 알려 드릴 것은 ${COUNTS[items.length]} 가지입니다.`
    const broadcast = `${deal(GREETINGS)} 오늘은 ${write('{wind}')}. ${count} ${list} ${deal(PARTINGS)}`
    const morning = [`${month + 1}월 ${day}일`, broadcast, ...told].join('\n\n')
    mornings.push(morning)
    length += morning.length + 2
    day += wholeNumber(random, 1, 2)
    if (day > DAYS_OF_MONTH[month]) {
      day -= DAYS_OF_MONTH[month]
      month = (month + 1) % DAYS_OF_MONTH.length
    }
  }
  return `${mornings.join('\n\n')}\n`
}
