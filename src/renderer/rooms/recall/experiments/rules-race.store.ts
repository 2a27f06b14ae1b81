/** Three rules that recall the same cue from the same patterns at once, on one clock: after so many visits of each. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, triggerRef, watch } from 'vue'
import { mostSweeps } from '../../../../shared'
import type { RecallBatch, Rule } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { cancelDraw, requestDraw } from '../../../composables/frame'
import { useAppStore } from '../../../stores/app.store'
import { errorSentence } from '../../../stores/notices.store'
import { advance, fittingPace, neuronsPerSecond } from '../playback/playback-speed'
import { nextSweepEnd, sweepAt } from '../playback/recall-playback'
import { useRecallStore } from '../recall.store'
import { plainSettings } from './experiment-settings'
import { useExperimentsStore } from './experiments.store'
import { RaceLane } from './race-lane'

/** A lane, or why its rule refused the patterns; null before it begins. */
export type Lane = RaceLane | { readonly rule: Rule; readonly refusal: string } | null

export const useRulesRaceStore = defineStore('rules-race', () => {
  const app = useAppStore()
  const table = useRecallStore()
  const experiments = useExperimentsStore()
  const lanes = shallowRef<readonly Lane[]>([null, null, null])
  const visit = ref(0)
  const length = ref(0)
  const isPlaying = ref(false)
  const chosenPace = ref<number | null>(null)
  /** The step of the speed; until one is chosen, what fits the network's size. */
  const pace = computed({
    get: () => chosenPace.value ?? fittingPace(table.neurons),
    set: (next: number) => (chosenPace.value = next),
  })

  const runners = computed(() => lanes.value.flatMap((lane) => (lane instanceof RaceLane ? [lane] : [])))
  const isBegun = computed(() => lanes.value.some((lane) => lane !== null))
  const isDone = computed(() => isBegun.value && runners.value.every(({ end }) => end !== null))
  const isAtEnd = computed(() => isDone.value && visit.value === length.value)
  const sweepLength = computed(() => Math.max(1, table.neurons))
  const sweep = computed(() => sweepAt(visit.value, sweepLength.value))

  const frame = {}
  let asked = 0
  let starting = 0
  let early: RecallBatch[] = []
  let tickedAt = 0
  let carry = 0
  let goal: number | null = null

  function look(target: number): void {
    visit.value = Math.max(0, Math.min(length.value, target))
    for (const lane of runners.value) lane.look(visit.value)
    triggerRef(lanes)
  }

  function pause(): void {
    isPlaying.value = false
    cancelDraw(frame)
  }

  function tick(): void {
    if (!isPlaying.value) return
    const now = performance.now()
    const step = advance(carry, neuronsPerSecond(pace.value), now - tickedAt)
    tickedAt = now
    carry = step.carry
    look(visit.value + step.visits)
    if (isAtEnd.value) pause()
    else requestDraw(frame, tick)
  }

  function play(): void {
    if (!isBegun.value || isAtEnd.value) return
    isPlaying.value = true
    tickedAt = performance.now()
    carry = 0
    requestDraw(frame, tick)
  }

  function goTo(target: number): void {
    goal = !isDone.value && target > length.value ? target : null
    look(target)
  }

  function take(batch: RecallBatch): void {
    const lane = runners.value.find(({ tape }) => tape.id === batch.recall)
    if (!lane) {
      if (starting > 0) early.push(batch)
      return
    }
    lane.take(batch)
    length.value = Math.max(...runners.value.map(({ tape }) => tape.length))
    triggerRef(lanes)
    // One that ended before the others rests while the clock goes on.
    look(goal ?? visit.value)
  }

  const tellStop = (recall: string): void => void lab.recall.stop({ recall }).catch(() => undefined)

  /** Lets go of all three. */
  function reset(): void {
    asked += 1
    pause()
    goal = null
    early = []
    for (const { end, tape } of runners.value) if (end === null) tellStop(tape.id)
    lanes.value = [null, null, null]
    visit.value = length.value = 0
  }

  async function begin(): Promise<void> {
    reset()
    const mine = asked
    const { cue, storedSet: set, settings } = table
    const start = async (rule: Rule): Promise<Lane> => {
      const maxSweeps = Math.min(settings.maxSweeps, mostSweeps(lanes.value.length * cue.length))
      const own = plainSettings({ ...settings, rule, maxSweeps })
      try {
        const started = await lab.recall.start({ set, cue: cue.slice(), settings: own })
        return new RaceLane(rule, started, cue, own.update === 'synchronous')
      } catch (error) {
        return { rule, refusal: errorSentence(error) }
      }
    }
    starting += 1
    const begun = await Promise.all(experiments.settings.rules.rules.map(start)).finally(() => (starting -= 1))
    if (mine !== asked) {
      for (const lane of begun) if (lane instanceof RaceLane) tellStop(lane.tape.id)
      return
    }
    lanes.value = begun
    const waiting = early
    early = []
    waiting.forEach(take)
  }

  /** Recalls and plays it; with reduced motion the end is shown at once, to be stepped through. */
  async function recall(): Promise<void> {
    await begin()
    if (app.reducedMotion) goTo(Infinity)
    else play()
  }

  function seek(target: number): void {
    pause()
    goTo(target)
  }

  async function step(by: 'neuron' | 'sweep'): Promise<void> {
    if (!isBegun.value) await begin()
    seek(by === 'neuron' ? visit.value + 1 : nextSweepEnd(visit.value, sweepLength.value))
  }

  watch(() => [table.cue, table.storedSet, table.settings, experiments.settings.rules], reset)
  onEvent('recall', (event) => take(event.batch))
  onEvent('resync', () => isDone.value || reset())

  return {
    lanes,
    visit,
    length,
    isPlaying,
    pace,
    isBegun,
    isDone,
    isAtEnd,
    sweepLength,
    sweep,
    recall,
    play,
    pause,
    seek,
    step,
    reset,
  }
})
