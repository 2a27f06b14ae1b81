/**
 * Sets up what a command needs and nothing twice: every step says whether it is ready; only if one isn't, the checkout's
 * lock is taken, and they are looked at again, since another command may have been at it.
 */
import { buildStep } from './build-step.mjs'
import { announceCache } from './cache.mjs'
import { hasDisplay } from './display.mjs'
import { earlyRuntimeStep, findRuntime, prepareRuntime } from './electron-runtime.mjs'
import { MissingFromMachine } from './failure.mjs'
import { kernelsStep } from './kernels-step.mjs'
import { takeLock } from './lock.mjs'
import { assertFolder, assertMachine } from './machine.mjs'
import { packagesStep } from './packages.mjs'
import { inRoot, ROOT } from './paths.mjs'
import { buildBinding, findBinding } from './sqlite-binding.mjs'
import { areReady, makeSteps } from './steps.mjs'
import { earlySystemStep, systemStep } from './system-libraries.mjs'

/**
 * @typedef {import('./steps.mjs').Step} Step
 *
 * @typedef {object} Setup what a command can count on afterwards
 * @property {string | null} electron the runtime's binary; null: not requested, or the window is missing
 * @property {NodeJS.ProcessEnv} environment what the app has to be told
 * @property {string | null} windowMissing one sentence that says what the window needs and this machine lacks; null:
 *   the window opens, or was not requested
 */

/** Variables of the environment that would make another build, or start Electron without its window. */
const FOREIGN = ['NODE_ENV', 'ELECTRON_RUN_AS_NODE']

/**
 * @param {object} wanted
 * @param {string} wanted.purpose such as "npm start"
 * @param {boolean | 'if-possible'} [wanted.window] an Electron that opens, on a virtual display where there is none.
 *   'if-possible': what the machine lacks and set-up cannot install is returned in `windowMissing`, not thrown
 * @param {boolean} [wanted.build]
 * @param {boolean} [wanted.tests] whether tests are to run in this folder
 * @returns {Promise<Setup>}
 */
export async function setUp({ purpose, window = false, build = true, tests = false }) {
  for (const name of FOREIGN) delete process.env[name]
  assertFolder(ROOT, tests)
  const steps = [
    { name: 'packages', ...packagesStep() },
    ...(window ? windowSteps() : []),
    { name: 'kernels', after: ['packages'], ...kernelsStep() },
    ...(build ? [{ name: 'build', after: ['packages'], ...buildStep() }] : []),
  ]
  const missing = (await areReady(steps)) ? null : await makeAlone(steps, purpose, window === 'if-possible')
  const windowMissing = missing === null ? null : missing.message
  if (!window || windowMissing !== null) return { electron: null, environment: {}, windowMissing }
  const { binary } = await prepareRuntime()
  const { file } = await findBinding(binary)
  return { electron: binary, environment: file === null ? {} : { ENGRAM_SQLITE_BINDING: file }, windowMissing }
}

/** One set-up at a time in a checkout. @returns {Promise<MissingFromMachine | null>} why the window is missing */
async function makeAlone(steps, purpose, windowIsOptional) {
  assertMachine(ROOT)
  announceCache()
  const release = await takeLock(inRoot('out', '.set-up.lock'), purpose)
  try {
    return await makeSteps(steps, (error) => windowIsOptional && error instanceof MissingFromMachine)
  } finally {
    release()
  }
}

/** @returns {Step[]} */
function windowSteps() {
  const display = !hasDisplay()
  const library = async () => systemStep({ binary: (await prepareRuntime()).binary, display })
  return [
    { name: 'early-system', ...beforeRuntime(earlySystemStep(display)) },
    { name: 'early-runtime', ...earlyRuntimeStep() },
    {
      name: 'runtime',
      after: ['packages', 'early-runtime'],
      ready: () => findRuntime() !== null,
      make: async () => void (await prepareRuntime()),
    },
    {
      name: 'system',
      after: ['runtime', 'early-system'],
      ready: async () => (await library()).ready(),
      make: async () => makeAfterLooking(await library()),
    },
    {
      name: 'binding',
      after: ['packages', 'system'],
      ready: async () => (await findBinding((await prepareRuntime()).binary)).isReady,
      make: async () => {
        await makeAfterLooking(systemStep({ compiler: true }))
        await buildBinding((await prepareRuntime()).binary)
      },
    },
  ]
}

/** A step that is of use only while there is no runtime: after that, the runtime itself is asked. @param {Step} step */
const beforeRuntime = (step) => ({ ...step, ready: () => findRuntime() !== null || step.ready() })

/** A step knows what to make only once it was asked whether it is ready. @param {Step} step */
async function makeAfterLooking(step) {
  if (!(await step.ready())) await step.make()
}
