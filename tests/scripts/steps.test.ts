/** Steps that depend on each other: order, what runs side by side, and what a failure does to the rest. */
import { describe, expect, it } from 'vitest'
import { runHidden } from '../../scripts/setup/processes.mjs'
import { areReady, makeSteps } from '../../scripts/setup/steps.mjs'

/** A step that notes when it is made, and waits if it is told to. */
function stepper() {
  const log: string[] = []
  const step = (name: string, after: string[] = [], work: () => unknown = () => {}) => ({
    name,
    after,
    ready: () => log.includes(`${name} made`),
    make: async () => {
      log.push(`${name} begun`)
      await work()
      log.push(`${name} made`)
    },
  })
  return { log, step }
}

describe('steps', () => {
  it('begin as soon as those that they need are made', async () => {
    const { log, step } = stepper()
    let finishSlow = () => {}
    const slow = new Promise<void>((done) => (finishSlow = done))
    const steps = [step('slow', [], () => slow), step('quick'), step('last', ['quick'], () => finishSlow())]
    expect(await areReady(steps)).toBe(false)
    await makeSteps(steps)
    expect(log).toEqual(['slow begun', 'quick begun', 'quick made', 'last begun', 'slow made', 'last made'])
    expect(await areReady(steps)).toBe(true)
    await makeSteps(steps)
    expect(log).toHaveLength(6)
  })

  it('end together: the first failure stops the programs of the others and is the one that is reported', async () => {
    const { log, step } = stepper()
    const steps = [
      step('long', [], async () => {
        const { code } = await runHidden(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)'])
        throw new Error(`ended with ${code}`)
      }),
      step('broken', [], () => Promise.reject(new Error('the reason'))),
      step('never', ['broken']),
    ]
    await expect(makeSteps(steps)).rejects.toThrow('the reason')
    expect(log).toEqual(['long begun', 'broken begun'])
  })

  it('go on after a failure that is tolerated, without what needs it', async () => {
    const { log, step } = stepper()
    const lack = new Error('no compiler')
    const steps = [
      step('lacking', [], () => Promise.reject(lack)),
      step('needs it', ['lacking']),
      step('needs that', ['needs it']),
      step('other'),
    ]
    expect(await makeSteps(steps, (error: unknown) => error === lack)).toBe(lack)
    expect(log).toEqual(['lacking begun', 'other begun', 'other made'])
    await expect(makeSteps(steps)).rejects.toBe(lack)
  })
})
