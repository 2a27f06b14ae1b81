/** The recall that is watched: its tape as it comes in, where the eye is on it, and how fast the eye goes. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { judge, toRows } from '../../../../engine'
import type { RecallBatch, RecallEnd, RecallSettings, RunRow } from '../../../../shared'
import { mostSweeps } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { cancelDraw, LIVE_INTERVAL_MS, requestDraw } from '../../../composables/frame'
import { useAppStore } from '../../../stores/app.store'
import { useRealCueStore } from '../editor/real-cue.store'
import { EnergyHistory } from './energy-history'
import { OverlapHistory } from './overlap-history'
import { advance, fittingPace, neuronsPerSecond } from './playback-speed'
import { RecallFollower } from './recall-follower'
import { nextSweepEnd, PlaybackCursor, RecallTape, sweepAt } from './recall-playback'
import { useRecallStore } from '../recall.store'
import type { ShelfEntry } from '../memory/shelf'

interface Watched {
  readonly tape: RecallTape
  readonly cursor: PlaybackCursor
  readonly overlaps: OverlapHistory
  readonly energies: EnergyHistory
  readonly follower: RecallFollower
  /** Stored when it began, in the order of the overlaps. */
  readonly stored: readonly ShelfEntry[]
  /** By which it was begun. */
  readonly settings: RecallSettings
}

export const useRecallRunStore = defineStore('recall-run', () => {
  const app = useAppStore()
  const table = useRecallStore()
  const real = useRealCueStore()
  const watched = shallowRef<Watched | null>(null)
  /** How many visits are done where the eye is. */
  const visit = ref(0)
  /** The same for charts and figures, which follow a running recall 15 times a second. */
  const shownVisit = ref(0)
  const length = ref(0)
  const end = shallowRef<RecallEnd | null>(null)
  /** Whether a person ended it. */
  const isStopped = ref(false)
  const isPlaying = ref(false)
  /** Whether the network is being built for the recall that is wanted. */
  const isBeginning = ref(false)
  const chosenPace = ref<number | null>(null)
  /** The step of the speed; until one is chosen, what fits the network's size. */
  const pace = computed({
    get: () => chosenPace.value ?? fittingPace(table.neurons),
    set: (next: number) => (chosenPace.value = next),
  })

  /** As they are sent: no more sweeps than can be kept of a network of this size. */
  const settings = computed<RecallSettings>(() => ({
    ...table.settings,
    maxSweeps: Math.min(table.settings.maxSweeps, mostSweeps(table.neurons)),
  }))
  const sweepLength = computed(() => watched.value?.tape.sweepLength ?? table.neurons)
  const sweep = computed(() => sweepAt(visit.value, sweepLength.value))
  const state = computed(() => watched.value?.cursor.state ?? table.cue)
  const isAtEnd = computed(() => end.value !== null && visit.value === length.value)

  const frame = {}
  let asked = 0
  let wishes = 0
  /** Recalls that were asked for and not answered yet, and what came of them before their answer. */
  let starting = 0
  let early: RecallBatch[] = []
  let shownAt = 0
  let tickedAt = 0
  let carry = 0
  /** Where the eye wants to be as soon as the tape reaches it. */
  let goal: number | null = null

  function look(target: number, at: number | null): void {
    const current = watched.value
    if (!current) return
    current.cursor.moveTo(Math.min(target, length.value))
    visit.value = current.cursor.visit
    if (end.value === null) current.follower.look(visit.value)
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
      if (starting > 0) early.push(batch)
      return
    }
    if (end.value !== null) return // stopped by a person
    current.tape.append(batch)
    current.overlaps.follow()
    current.energies.follow()
    length.value = current.tape.length
    end.value = batch.end
    if (goal !== null) goTo(goal)
  }

  const tellStop = (recall: string): void => void lab.recall.stop({ recall }).catch(() => undefined)

  /** Lets go of the recall: what is seen is the cue again. */
  function reset(): void {
    asked += 1
    isBeginning.value = false
    goal = null
    pause()
    const running = watched.value && end.value === null ? watched.value.tape.id : null
    watched.value = null
    visit.value = shownVisit.value = length.value = 0
    end.value = null
    isStopped.value = false
    if (running !== null) tellStop(running)
  }

  /** Ends the recall where the eye is, and judges the state there; what is only being begun is let go of. */
  function stop(): void {
    const current = watched.value
    if (!current && isBeginning.value) reset()
    if (!current || isAtEnd.value) return
    if (end.value === null) tellStop(current.tape.id)
    goal = null
    pause()
    const named = current.stored.map(({ pattern, values }) => ({ name: pattern.name, values }))
    const sweeps = Math.floor(visit.value / current.tape.sweepLength)
    length.value = visit.value
    isStopped.value = true
    end.value = { sweeps, converged: false, cycle: 0, verdict: judge(named, current.cursor.state) }
  }

  /** Asks the network to recall the cue. Answers whether this is still the recall that is wanted. */
  async function begin(): Promise<boolean> {
    reset()
    const wish = (wishes += 1)
    // Being settled changes the cue, which lets go of what was asked before.
    if (!(await real.settle()) || wish !== wishes) return false
    const mine = asked
    const { cue, storedSet, stored } = table
    const asSent = settings.value
    starting += 1
    isBeginning.value = true
    const start = await lab.recall.start({ set: storedSet, cue: cue.slice(), settings: asSent }).finally(() => {
      starting -= 1
      if (mine === asked) isBeginning.value = false
    })
    const waiting = early.filter((batch) => batch.recall === start.recall)
    early = starting > 0 ? early.filter((batch) => batch.recall !== start.recall) : []
    if (mine !== asked) {
      await lab.recall.stop({ recall: start.recall })
      return false
    }
    const tape = new RecallTape(start.recall, cue, start.energy, asSent.update === 'synchronous')
    const patterns = stored.map(({ values }) => values)
    watched.value = {
      tape,
      stored,
      settings: asSent,
      cursor: new PlaybackCursor(tape),
      overlaps: new OverlapHistory(tape, patterns, start.overlaps),
      energies: new EnergyHistory(tape),
      follower: new RecallFollower(start.recall, cue.length),
    }
    waiting.forEach(take)
    return true
  }

  /** Recalls the cue and plays it; with reduced motion its end is shown at once, to be stepped through. */
  async function recall(): Promise<void> {
    if (!(await begin())) return
    if (app.reducedMotion) goTo(Infinity)
    else play()
  }

  /** Beyond what is known so far it goes on as far as that becomes known. */
  function seek(target: number): void {
    pause()
    goTo(target)
  }

  /** One neuron or one sweep on; begins a recall where there is none. */
  async function step(by: 'neuron' | 'sweep'): Promise<void> {
    if (!watched.value && !(await begin())) return
    seek(by === 'neuron' ? visit.value + 1 : nextSweepEnd(visit.value, sweepLength.value))
  }

  /** Keeps this recall, from the same cue by the same settings, as a run. */
  async function keep(): Promise<RunRow | null> {
    const current = watched.value
    if (!current) return null
    const { width } = table
    const rows = toRows(current.tape.cue, width)
    const request = { kind: 'recall' as const, set: table.storedSet, settings: current.settings, cue: { rows } }
    return lab.experiments.start({ request, name: '' })
  }

  watch(() => [table.cue, table.storedSet, table.settings], reset)
  onEvent('recall', (event) => take(event.batch))

  return {
    watched,
    visit,
    shownVisit,
    length,
    end,
    isStopped,
    isPlaying,
    isBeginning,
    pace,
    settings,
    sweepLength,
    sweep,
    state,
    isAtEnd,
    recall,
    play,
    pause,
    stop,
    seek,
    step,
    keep,
  }
})
