/** Dropout's place and fresh starts in the form: where they are shown, and what a changed run of an earlier version keeps. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { GROUPED_FIELDS, GROUPS } from '../../../src/renderer/rooms/train/form/fields'
import type { Field } from '../../../src/renderer/rooms/train/form/fields'
import { memorySetting } from '../../../src/renderer/rooms/train/memory/memory-setting'
import { usePrepareStore } from '../../../src/renderer/rooms/train/prepare.store'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, RunDetail } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'

const shown = (changes: Partial<RunConfiguration>): readonly string[] =>
  GROUPS.flatMap((group): readonly Field[] => GROUPED_FIELDS[group])
    .filter(({ isShown }) => isShown?.({ ...DEFAULT_CONFIGURATION, ...changes }) !== false)
    .map(({ name }) => name)

const madeWith = (changes: Partial<RunConfiguration>): RunDetail =>
  ({ run: 'r', corpora: [], configuration: { ...DEFAULT_CONFIGURATION, ...changes } }) as unknown as RunDetail

beforeEach(() => setActivePinia(createPinia()))

describe('the form', () => {
  it('shows dropout and fresh starts for every cell, whatever the number of layers', () => {
    for (const cell of ['vanilla', 'gru', 'lstm', 'window'] as const) {
      for (const layers of [1, 2])
        expect(shown({ cell, layers })).toEqual(expect.arrayContaining(['dropout', 'freshStarts']))
    }
  })

  it('shows where dropout acts once there is some', () => {
    expect(shown({ dropout: 0 })).not.toContain('dropoutBeforeDecoder')
    expect(shown({ dropout: 0.1 })).toContain('dropoutBeforeDecoder')
  })

  it('begins a new run with dropout before the decoder', () => {
    expect(usePrepareStore().configuration.dropoutBeforeDecoder).toBe(true)
  })

  it('keeps the place of dropout of a run that is changed, and takes the new one where it had no dropout', () => {
    const fake = createFakeLab({})
    useBridge(fake.bridge)
    const prepare = usePrepareStore()
    prepare.change(madeWith({ dropout: 0.5, dropoutBeforeDecoder: false, freshStarts: 0 }))
    expect(prepare.configuration).toMatchObject({ dropout: 0.5, dropoutBeforeDecoder: false, freshStarts: 0 })
    prepare.change(madeWith({ dropout: 0, dropoutBeforeDecoder: false, freshStarts: 0 }))
    expect(prepare.configuration).toMatchObject({ dropout: 0, dropoutBeforeDecoder: true, freshStarts: 0 })
  })
})

it('a memory task trains without fresh starts', () => {
  expect(memorySetting(8, 1000, 1).freshStarts).toBe(0)
})
