/**
 * Writes the long bundled texts into resources/corpora: each begins with a story of the folder stories, written by hand, and
 * goes on with what its grammar makes of the same places and people. The same seed writes the same texts.
 *
 *     node scripts/texts/write.mjs [FOLDER]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeLog } from './lighthouse-en/log.mjs'
import { writeMarketDays } from './market-en/market-days.mjs'
import { writeRhymes } from './rhymes-en.mjs'
import { writeKoreanRhymes } from './rhymes-ko.mjs'
import { writeMornings } from './sea-village-ko/mornings.mjs'

const SEED = 1130

const TEXTS = [
  {
    file: 'lighthouse.en.txt',
    characters: 310_000,
    write: writeLog,
    bridge: `THE LOG OF CARROW LIGHT
The Second Book

This book has margins too. I asked for them.

My name is Wren Dunmore, and I am the keeper of the light on Carrow Rock. The stair still has one hundred and forty-two steps, and the flash still comes every eleven seconds. At the top of each page stands what the Office wishes to know. Underneath it stands what happened. My assistant is called Jory. He came in the spring with one box and a mouth organ, and he has asked me already whether one is allowed to be bored. I told him to look more closely.

On fine nights there is a small lamp in a window on the hill above Sallow. That is Tobias Arkle, who is counting.`,
  },
  {
    file: 'market.en.txt',
    characters: 310_000,
    write: writeMarketDays,
    bridge: `MORE MARKET DAYS AT PENNYBRIDGE
Scenes for Any Number of Players

The pig has gone home, but people still leave things in the square, and lose them, and sell them, and want them back.`,
  },
  { file: 'rhymes.en.txt', characters: 305_000, write: writeRhymes, bridge: '' },
  { file: 'rhymes.ko.txt', characters: 132_000, write: writeKoreanRhymes, bridge: '' },
  {
    file: 'sea-village.ko.txt',
    characters: 122_000,
    write: writeMornings,
    bridge: `물미리 방송 일지

윤 선생님의 공책을 다 읽고 나자 사람들은 내 공책을 읽자고 했다. 나는 공책이 없었다. 그래서 그날부터 적기 시작했다.

쓰는 법은 간단하다. 먼저 날짜를 적고, 아침에 방송한 말을 적고, 그 말이 하루 동안 어떻게 되었는지를 적는다. 할머니는 방송보다 그다음이 더 재미있다고 한다. 잃어버린 것은 대개 찾게 되고, 떠난 배는 대개 돌아온다. 대개라는 말은 윤 선생님이 가르쳐 준 것이다.`,
  },
]

const [, , folder = fileURLToPath(new URL('../../resources/corpora', import.meta.url))] = process.argv
for (const { file, characters, write, bridge } of TEXTS) {
  const story = readFileSync(new URL(`stories/${file}`, import.meta.url), 'utf8')
  const parts = [story.trimEnd(), bridge, write(SEED, characters).trimEnd()].filter((part) => part !== '')
  writeFileSync(join(folder, file), `${parts.join('\n\n')}\n`)
}
