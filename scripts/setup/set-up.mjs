/**
 * Sets up what a command needs and nothing twice: every step says whether it is ready; only if one isn't, the lock is
 * taken, and they are looked at again, since another command may have been at it.
 */
import { join } from 'node:path'
import { buildStep } from './build-step.mjs'
import { cacheFolder } from './cache.mjs'
import { hasDisplay } from './display.mjs'
import { findRuntime, prepareRuntime } from './electron-runtime.mjs'
import { MissingFromMachine } from './failure.mjs'
import { kernelsStep } from './kernels-step.mjs'
import { takeLock } from './lock.mjs'
import { packagesStep } from './packages.mjs'
import { buildBinding, findBinding } from './sqlite-binding.mjs'
import { systemStep } from './system-libraries.mjs'

/**
 * @typedef {object} Step
 * @property {() => boolean | Promise<boolean>} ready
 * @property {() => Promise<void>} make
 *
 * @typedef {object} Setup what a command can count on afterwards
 * @property {string | null} electron the runtime's binary; null: not requested, or the window is missing
 * @property {NodeJS.ProcessEnv} environment what the app has to be told
 * @property {string | null} windowMissing one sentence that says what the window needs and this machine lacks; null:
 *   the window opens, or was not requested
 */

/**
 * @param {object} wanted
 * @param {string} wanted.purpose such as "npm start"
 * @param {boolean | 'if-possible'} [wanted.window] an Electron that opens, on a virtual display where there is none.
 *   'if-possible': what the machine lacks and set-up cannot install is returned in `windowMissing`, not thrown
 * @param {boolean} [wanted.build]
 * @returns {Promise<Setup>}
 */
export async function setUp({ purpose, window = false, build = true }) {
  const steps = [packagesStep(), kernelsStep(), ...(build ? [buildStep()] : [])]
  const windowed = window ? windowSteps() : []
  let windowMissing = null
  if (!(await areReady([...steps, ...windowed]))) {
    const release = await takeLock(join(cacheFolder(), 'set-up.lock'), purpose)
    try {
      await makeAll(steps)
      windowMissing = await makeAll(windowed).catch((error) => {
        if (window === 'if-possible' && error instanceof MissingFromMachine) return error.message
        throw error
      })
    } finally {
      release()
    }
  }
  if (!window || windowMissing !== null) return { electron: null, environment: {}, windowMissing }
  const { binary } = await prepareRuntime()
  const { file } = await findBinding(binary)
  return { electron: binary, environment: file === null ? {} : { ENGRAM_SQLITE_BINDING: file }, windowMissing }
}

/** @param {readonly Step[]} steps @returns {Promise<null>} */
async function makeAll(steps) {
  for (const step of steps) if (!(await step.ready())) await step.make()
  return null
}

/** @param {readonly Step[]} steps */
async function areReady(steps) {
  for (const step of steps) if (!(await step.ready())) return false
  return true
}

/** @returns {Step[]} */
function windowSteps() {
  const library = async () => systemStep({ binary: (await prepareRuntime()).binary, display: !hasDisplay() })
  return [
    { ready: () => findRuntime() !== null, make: async () => void (await prepareRuntime()) },
    { ready: async () => (await library()).ready(), make: async () => makeAfterLooking(await library()) },
    {
      ready: async () => (await findBinding((await prepareRuntime()).binary)).isReady,
      make: async () => {
        await makeAfterLooking(systemStep({ compiler: true }))
        await buildBinding()
      },
    },
  ]
}

/** A step knows what to make only once it was asked whether it is ready. @param {Step} step */
async function makeAfterLooking(step) {
  if (!(await step.ready())) await step.make()
}
