/** Makes steps that depend on each other, independent ones side by side. */
import { endHidden } from './processes.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} [after] names of the steps that it needs
 * @property {() => boolean | Promise<boolean>} ready once the steps before it are ready
 * @property {() => Promise<void>} make
 */

/** @param {readonly Step[]} steps in an order that respects `after` */
export async function areReady(steps) {
  for (const step of steps) if (!(await step.ready())) return false
  return true
}

/**
 * Makes every step that isn't ready, each as soon as those that it needs are.
 * @param {readonly Step[]} steps
 * @param {(error: unknown, step: Step) => boolean} [isTolerated] whether the rest is made although this step failed;
 *   what needs it is left out
 * @returns {Promise<unknown>} the first failure that was tolerated, else null
 * @throws the first failure that wasn't, after the others have ended
 */
export async function makeSteps(steps, isTolerated = () => false) {
  /** @type {Map<string, Promise<boolean>>} whether a step was made */
  const outcomes = new Map()
  let tolerated = null
  /** @type {{ error: unknown } | null} */
  let failure = null

  const run = async (step) => {
    const before = await Promise.all((step.after ?? []).map((name) => outcomes.get(name) ?? true))
    if (failure !== null || before.includes(false)) return false
    try {
      if (!(await step.ready())) await step.make()
      return true
    } catch (error) {
      if (failure === null && isTolerated(error, step)) tolerated ??= error
      else if (failure === null) {
        failure = { error }
        endHidden()
      }
      return false
    }
  }
  for (const step of steps) outcomes.set(step.name, run(step))
  await Promise.all(outcomes.values())
  if (failure !== null) throw failure.error
  return tolerated
}
