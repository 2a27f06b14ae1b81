/** The Recall room's stores on a fake lab of its own for each test, and what main tells of a recall. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, vi } from 'vitest'
import { nextTick } from 'vue'
import { useBridge } from '../../../src/renderer/bridge/lab'
import type { PatternSet, RecallBatch, RecallRequest, RunRow } from '../../../src/shared'
import { createFakeLab } from './fake-lab'
import type { FakeLab } from './fake-lab'
import { stubMatchMedia } from './match-media'

const rows = (text: string): string[] => text.split('/')
const LETTERS: PatternSet = {
  width: 4,
  height: 4,
  patterns: ['B', 'A', 'N', 'V'].map((name, i) => ({
    name,
    rows: rows(['####/..../####/....', '#..#/#..#/.##./.##.', '##../##../..##/..##', '#.#./.#.#/#.#./.#.#'][i]),
  })),
}

/** What surrounds the room in a test. */
export interface Surroundings {
  fake: FakeLab
  /** What waits to be drawn. */
  readonly frames: (() => void)[]
  /** The draft that main keeps. */
  kept: string | null
  /** What a recall waits for before it is answered. */
  onStart: () => Promise<void>
}

function fakeLab(around: Surroundings): FakeLab {
  let recalls = 0
  return createFakeLab({
    patterns: {
      sets: async () => [
        { id: 'letters-16', bundled: true, title: { en: 'L', ko: 'L' }, width: 4, height: 4, count: 4 },
        { id: 'other', bundled: true, title: { en: 'O', ko: 'O' }, width: 4, height: 4, count: 4 },
      ],
      open: async () => LETTERS,
    },
    drafts: {
      read: async () => around.kept,
      write: async ({ value }) => {
        around.kept = value
        return null
      },
    },
    recall: {
      start: async ({ set }: RecallRequest) => {
        const recall = `r${++recalls}`
        await around.onStart()
        return { recall, energy: -1, overlaps: new Float64Array(set.patterns.length) }
      },
      follow: async () => null,
      stop: async () => null,
    },
    experiments: { start: async () => ({ run: 'kept', name: 'recall hebbian · A N V' }) as RunRow },
  })
}

/** Called once in a file: each of its tests finds new surroundings. */
export function surround(): Surroundings {
  const around: Surroundings = { fake: createFakeLab({}), frames: [], kept: null, onStart: () => Promise.resolve() }
  beforeEach(() => {
    around.kept = null
    around.onStart = () => Promise.resolve()
    around.frames.length = 0
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => around.frames.push(draw))
    around.fake = fakeLab(around)
    useBridge(around.fake.bridge)
  })
  afterEach(() => {
    useBridge(null)
    vi.unstubAllGlobals()
  })
  return around
}

/** One visit of each neuron, of which the last flips. */
export function batch(recall: string, isLast = true): RecallBatch {
  const neurons = Uint32Array.from({ length: 16 }, (_, i) => i)
  const verdict = { kind: 'stored', pattern: 'A', overlap: 1, patterns: [{ name: 'A', sign: 1 }] } as const
  return {
    recall,
    neurons,
    fields: new Float32Array(16).fill(0.5),
    flipped: Uint8Array.from(neurons, (i) => (i === 15 ? 1 : 0)),
    energies: Float64Array.from(neurons, (i) => -i),
    end: isLast ? { sweeps: 1, converged: true, cycle: 0, verdict } : null,
  }
}

/** So many visits that change nothing. */
export const batchOf = (recall: string, visits: number): RecallBatch => ({
  recall,
  neurons: new Uint32Array(visits),
  fields: new Float32Array(visits),
  flipped: new Uint8Array(visits),
  energies: new Float64Array(visits),
  end: null,
})

export async function openRoom(lessMotion = false) {
  stubMatchMedia(lessMotion)
  setActivePinia(createPinia())
  const { useRecallStore } = await import('../../../src/renderer/rooms/recall/recall.store')
  const { useRecallRunStore } = await import('../../../src/renderer/rooms/recall/playback/recall-run.store')
  const { useShelfStore } = await import('../../../src/renderer/rooms/recall/memory/shelf.store')
  const table = useRecallStore()
  const shelf = useShelfStore()
  const run = useRecallRunStore()
  await table.open()
  await nextTick()
  return { table, shelf, run }
}
