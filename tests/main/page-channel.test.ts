/** Events on their way to a page: one batch at a time, points in order, of the rest the newest. */
import { describe, expect, it } from 'vitest'
import { PageChannel } from '../../src/main/ipc/page-channel'
import type { EventBatch, LabEvent, RecallBatch, RunRow, RunSnapshot, Settings } from '../../src/shared'
import { point } from '../lab/support/database'

function openChannel() {
  const sent: EventBatch[] = []
  const timers = new Set<() => void>()
  const channel = new PageChannel({
    send: (batch) => void sent.push(batch),
    later: (work) => {
      timers.add(work)
      return () => timers.delete(work)
    },
  })
  /** Lets the time pass for which it gathers. */
  const pass = (): void => {
    for (const work of [...timers]) {
      timers.delete(work)
      work()
    }
  }
  return { channel, sent, pass, timers }
}

const rowOf = (run: string, steps: number): LabEvent => ({ type: 'run', row: { run, steps } as RunRow })
const pointsOf = (run: string, ...steps: number[]): LabEvent => ({
  type: 'points',
  run,
  points: steps.map((step) => point(step)),
})
const snapshotOf = (run: string, step: number): LabEvent => ({
  type: 'snapshot',
  snapshot: { run, step } as RunSnapshot,
})
const experimentOf = (run: string, trials: number): LabEvent => ({
  type: 'experiment',
  progress: { run, trials, totalTrials: 9, result: { kind: 'capacity', summary: { points: [] } } },
})
const recallOf = (recall: string, visits: number): LabEvent => ({
  type: 'recall',
  batch: { recall, neurons: new Uint32Array(visits) } as RecallBatch,
})
const command: LabEvent = { type: 'command', command: 'new-run' }
const settingsOf = (theme: string): LabEvent => ({ type: 'settings', settings: { theme } as Settings })

/** Events of a kind that arrived, in order. */
const arrived = (sent: readonly EventBatch[], type: LabEvent['type']): LabEvent[] =>
  sent.flatMap(({ events }) => events.filter((event) => event.type === type))

describe('a page’s channel', () => {
  it('says nothing to a page that has not asked', () => {
    const { channel, sent, pass, timers } = openChannel()
    channel.push(command)
    pass()
    expect(sent).toEqual([])
    expect(timers.size).toBe(0)
  })

  it('gathers for a while and then sends one batch, the next only when that was taken', () => {
    const { channel, sent, pass, timers } = openChannel()
    channel.subscribe()
    channel.push(rowOf('a', 1))
    channel.push(rowOf('b', 1))
    expect(timers.size).toBe(1)
    pass()
    expect(sent).toHaveLength(1)
    channel.push(rowOf('a', 2))
    pass()
    expect(sent).toHaveLength(1)
    for (const wrong of [0, 2, -1]) channel.acknowledge(wrong)
    pass()
    expect(sent).toHaveLength(1)
    channel.acknowledge(1)
    pass()
    expect(sent.map(({ sequence, events }) => [sequence, events.length])).toEqual([
      [1, 2],
      [2, 1],
    ])
    channel.acknowledge(2)
    pass()
    expect(sent).toHaveLength(2)
  })

  it('joins the points of a run in their order, and keeps the newest of the rest', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    channel.push(rowOf('a', 0))
    pass()
    for (let step = 1; step <= 100; step++) {
      channel.push(pointsOf('a', step))
      channel.push(rowOf('a', step))
      channel.push(snapshotOf('a', step))
      channel.push(experimentOf('c', step))
      channel.push(settingsOf(`theme ${step}`))
      if (step % 50 === 0) channel.push(pointsOf('b', step))
    }
    channel.push(command)
    channel.push(command)
    channel.acknowledge(1)
    pass()
    const [, { events }] = sent
    const steps = (run: string): number[] =>
      events.flatMap((event) =>
        event.type === 'points' && event.run === run ? event.points.map(({ step }) => step) : [],
      )
    expect(steps('a')).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
    expect(steps('b')).toEqual([50, 100])
    expect(arrived([sent[1]], 'run')).toEqual([rowOf('a', 100)])
    expect(arrived([sent[1]], 'snapshot')).toEqual([snapshotOf('a', 100)])
    expect(arrived([sent[1]], 'experiment')).toEqual([experimentOf('c', 100)])
    expect(arrived([sent[1]], 'settings')).toEqual([settingsOf('theme 100')])
    expect(arrived([sent[1]], 'command')).toHaveLength(2)
  })

  it('does not change the points it was given', () => {
    const { channel, pass } = openChannel()
    channel.subscribe()
    const first = [point(1)]
    channel.push({ type: 'points', run: 'a', points: first })
    channel.push(pointsOf('a', 2))
    pass()
    expect(first).toHaveLength(1)
  })

  it('tells a page that fell too far behind to read again, and goes on from there', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    channel.push(rowOf('a', 0))
    pass()
    const many = Array.from({ length: 1000 }, (_, i) => i)
    for (let i = 0; i <= 50; i++) channel.push(pointsOf('a', ...many))
    channel.push(pointsOf('a', 7))
    channel.acknowledge(1)
    pass()
    expect(sent[1].events).toContainEqual({ type: 'resync' })
    const waiting = arrived([sent[1]], 'points').flatMap((event) => (event.type === 'points' ? event.points : []))
    expect(waiting.map(({ step }) => step)).toEqual([7])
  })

  it('sends the visits of recalls in order, so many at a time as a page takes at once', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    for (let i = 0; i < 20; i++) channel.push(recallOf(`r${i}`, 8192))
    channel.push(recallOf('long', 100_000))
    channel.push(command)
    for (let sequence = 1; sequence <= 5; sequence++) {
      pass()
      channel.acknowledge(sequence)
    }
    const told = sent.map((batch) =>
      arrived([batch], 'recall').map((event) => (event.type === 'recall' ? event.batch.recall : '')),
    )
    const names = Array.from({ length: 20 }, (_, i) => `r${i}`)
    expect(told).toEqual([names.slice(0, 8), names.slice(8, 16), names.slice(16), ['long']])
    expect(arrived(sent, 'command')).toHaveLength(1)
  })

  it('forgets what waits of a recall that was stopped', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    for (const name of ['a', 'b', 'a']) channel.push(recallOf(name, 1))
    channel.forgetRecall('a')
    pass()
    expect(arrived(sent, 'recall')).toEqual([recallOf('b', 1)])
  })

  it('loses no visit and no command when a page falls too far behind with points', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    channel.push(recallOf('a', 1))
    channel.push(command)
    const many = Array.from({ length: 1000 }, (_, i) => i)
    for (let i = 0; i <= 50; i++) channel.push(pointsOf('a', ...many))
    pass()
    expect(sent[0].events.map(({ type }) => type)).toEqual(['recall', 'command', 'resync'])
  })

  it('begins anew with a page that was loaded again: nothing old arrives, nothing waits for an old answer', () => {
    const { channel, sent, pass } = openChannel()
    channel.subscribe()
    channel.push(rowOf('a', 1))
    pass()
    channel.push(rowOf('a', 2))
    channel.subscribe()
    channel.push(rowOf('a', 3))
    pass()
    expect(sent.map(({ events }) => events)).toEqual([[rowOf('a', 1)], [rowOf('a', 3)]])
    channel.acknowledge(1) // of the page that is gone
    channel.push(rowOf('a', 4))
    pass()
    expect(sent).toHaveLength(2)
  })

  it('is silent once it is closed', () => {
    const { channel, sent, pass, timers } = openChannel()
    channel.subscribe()
    channel.push(command)
    channel.close()
    expect(timers.size).toBe(0)
    channel.push(command)
    pass()
    expect(sent).toEqual([])
  })
})
