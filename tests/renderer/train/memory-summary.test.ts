/** The sentence under the networks to be trained, with and without a time, in both languages. */
import { afterEach, describe, expect, it } from 'vitest'
import { i18n } from '../../../src/renderer/i18n'
import { memorySummary } from '../../../src/renderer/rooms/train/memory/memory-summary'

const { t } = i18n.global
afterEach(() => {
  i18n.global.locale.value = 'en'
})

describe('what is about to be trained', () => {
  it.each([
    ['en', 10, '3 min', '10 runs, about 3 min in all.'],
    ['en', 1, '3 min', 'One run, about 3 min.'],
    ['en', 10, null, '10 runs. How long they take is still being measured.'],
    ['en', 1, null, 'One run. How long it takes is still being measured.'],
    ['en', 0, null, '0 runs chosen: it takes 1 to 24.'],
    ['en', 25, '3 min', '25 runs chosen: it takes 1 to 24.'],
    ['ko', 10, '3분', '학습 10개, 모두 약 3분.'],
    ['ko', 10, null, '학습 10개. 걸리는 시간을 재고 있습니다.'],
    ['ko', 25, '3분', '25개를 골랐습니다. 1개에서 24개까지 할 수 있습니다.'],
  ] as const)('in %s, of %d in %s', (locale, count, time, sentence) => {
    i18n.global.locale.value = locale
    expect(memorySummary(t, count, time)).toBe(sentence)
  })
})
