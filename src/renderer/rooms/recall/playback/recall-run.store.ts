/** The recall that is watched: its tape as it comes in, where the eye is on it, and how fast the eye goes. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { RecallBatch, RecallEnd } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { cancelDraw, LIVE_INTERVAL_MS, requestDraw } from '../../../composables/frame'
import { useAppStore } from '../../../stores/app.store'
import { OverlapHistory } from './overlap-history'
import { advance, DEFAULT_PACE, neuronsPerSecond } from './playback-speed'
import { nextSweepEnd, PlaybackCursor, RecallTape, sweepAt } from './recall-playback'
import { useRecallStore } from '../recall.store'
import type { ShelfEntry } from '../memory/shelf'

interface Watched {
  readonly tape: RecallTape
  readonly cursor: PlaybackCursor
  readonly overlaps: OverlapHistory
  /** Stored when it began, in the order of the overlaps. */
  readonly stored: readonly ShelfEntry[]
}

export const useRecallRunStore = defineStore('recall-run', () => {
  const app = useAppStore()
  const table = useRecallStore()
  const watched = shallowRef<Watched | null>(null)
  /** How many visits are done where the eye is. */
  const visit = ref(0)
  /** The same for charts and figures, which follow a running recall 15 times a second. */
  const shownVisit = ref(0)
  const length = ref(0)
  const end = shallowRef<RecallEnd | null>(null)
  const isPlaying = ref(false)
  /** The speed's place on its logarithmic line, 0 to 1. */
  const pace = ref(DEFAULT_PACE)

  const sweepLength = computed(() => watched.value?.tape.sweepLength ?? table.neurons)
  const sweep = computed(() => sweepAt(visit.value, sweepLength.value))
  const state = computed(() => watched.value?.cursor.state ?? table.cue)
  const isAtEnd = computed(() => end.value !== null && visit.value === length.value)

  const frame = {}
  let asked = 0
  let isStarting = false
  let early: RecallBatch[] = []
  let shownAt = 0
  let tickedAt = 0
  let carry = 0
  /** Where the eye wants to be as soon as the tape reaches it. */
  let goal: number | null = null

  function look(target: number, at: number | null): void {
    const current = watched.value
    if (!current) return
    current.cursor.moveTo(target)
    visit.value = current.cursor.visit
    if (at !== null && at - shownAt < LIVE_INTERVAL_MS && !isAtEnd.value) return
    shownVisit.value = visit.value
    shownAt = at ?? 0
  }

  function tick(): void {
    if (!isPlaying.value) return
    const now = performance.now()
    const step = advance(carry, neuronsPerSecond(pace.value), now - tickedAt)
    tickedAt = now
    carry = step.carry
    look(visit.value + step.visits, now)
    if (isAtEnd.value) pause()
    else requestDraw(frame, tick)
  }

  function pause(): void {
    isPlaying.value = false
    shownVisit.value = visit.value
    cancelDraw(frame)
  }

  function play(): void {
    if (!watched.value || isAtEnd.value) return
    isPlaying.value = true
    tickedAt = performance.now()
    carry = 0
    requestDraw(frame, tick)
  }

  function goTo(target: number): void {
    goal = end.value === null && target > length.value ? target : null
    look(target, null)
  }

  function take(batch: RecallBatch): void {
    const current = watched.value
    if (current?.tape.id !== batch.recall) {
      if (isStarting) early.push(batch)
      return
    }
    current.tape.append(batch)
    current.overlaps.follow()
    length.value = current.tape.length
    end.value = batch.end
    if (goal !== null) goTo(goal)
  }

  /** Lets go of the recall: what is seen is the cue again. */
  function reset(): void {
    asked += 1
    goal = null
    pause()
    const running = watched.value && end.value === null ? watched.value.tape.id : null
    watched.value = null
    visit.value = shownVisit.value = length.value = 0
    end.value = null
    if (running !== null) void lab.recall.stop({ recall: running }).catch(() => undefined)
  }

  /** Asks the network to recall the cue. Answers whether this is still the recall that is wanted. */
  async function begin(): Promise<boolean> {
    reset()
    const mine = asked
    const { cue, storedSet, settings, stored } = table
    isStarting = true
    const start = await lab.recall
      .start({ set: storedSet, cue: cue.slice(), settings })
      .finally(() => (isStarting = false))
    if (mine !== asked) {
      early = []
      await lab.recall.stop({ recall: start.recall })
      return false
    }
    const tape = new RecallTape(start.recall, cue, start.energy, settings.update === 'synchronous')
    const patterns = stored.map(({ values }) => values)
    watched.value = {
      tape,
      stored,
      cursor: new PlaybackCursor(tape),
      overlaps: new OverlapHistory(tape, patterns, start.overlaps),
    }
    const waiting = early
    early = []
    waiting.forEach(take)
    return true
  }

  /** Recalls the cue and plays it; with reduced motion its end is shown at once, to be stepped through. */
  async function recall(): Promise<void> {
    if (!(await begin())) return
    if (app.reducedMotion) goTo(Infinity)
    else play()
  }

  function seek(target: number): void {
    pause()
    goTo(target)
  }

  /** One neuron or one sweep on; begins a recall where there is none. */
  async function step(by: 'neuron' | 'sweep'): Promise<void> {
    if (!watched.value && !(await begin())) return
    seek(by === 'neuron' ? visit.value + 1 : nextSweepEnd(visit.value, sweepLength.value))
  }

  watch(() => [table.cue, table.storedSet, table.settings], reset)
  onEvent('recall', (event) => take(event.batch))
  onEvent('resync', () => end.value === null && reset())

  return {
    watched,
    visit,
    shownVisit,
    length,
    end,
    isPlaying,
    pace,
    sweepLength,
    sweep,
    state,
    isAtEnd,
    recall,
    play,
    pause,
    seek,
    step,
  }
})
