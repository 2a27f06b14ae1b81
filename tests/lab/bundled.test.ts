/** The texts and pattern sets that come with the lab can all be opened, and one's own stand beside them. */
import { describe, expect, it } from 'vitest'
import { errorOf } from './support/errors'
import { FOUR } from './support/four-letters'
import { openTestLab } from './support/test-lab'

describe('what comes with the lab', () => {
  it('are texts and pattern sets that can be opened', async () => {
    const { lab } = await openTestLab()
    const samples = await lab.corpora.samples()
    expect(samples.length).toBeGreaterThan(2)
    for (const { id } of samples) {
      const summary = await lab.corpora.inspect(await lab.corpora.sampleFile(id), 'auto', 'character')
      expect(summary).toMatchObject({ encoding: 'utf-8', changes: { bom: 0, lineEnds: 0, nfc: 0, replaced: 0 } })
    }
    await expect(lab.corpora.sampleFile('../secret')).rejects.toEqual(errorOf('E_FILE_MISSING'))
    for (const { id, width, height, count } of await lab.patterns.sets()) {
      const set = await lab.patterns.open(id)
      expect([set.width, set.height, set.patterns.length]).toEqual([width, height, count])
    }
    const own = await lab.patterns.save(null, 'mine', FOUR)
    expect(await lab.patterns.open(own.id)).toEqual(FOUR)
    expect((await lab.patterns.sets()).at(-1)).toEqual(own)
    await expect(lab.patterns.open('none')).rejects.toEqual(errorOf('E_PATTERN_SET_UNKNOWN'))
  })
})
