/** Runs: begun, queued, gone on with and ended. The app trains one at a time; the command line never waits. */
import { existsSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '../../shared'
import type { CorpusSummary, Kernel, RunConfiguration, RunDetail, RunId, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { CorpusReader } from '../corpora/corpus-reader'
import { readKeptText } from '../corpora/kept-text'
import type { CorpusText } from '../corpora/corpus-api'
import type { CheckpointRow } from '../database/database-api'
import type { BeginningListener, RepeatRequest, ResumeRequest, TrainingRequest, TrainingService } from '../lab'
import { freeOnDisk } from '../files/free-on-disk'
import type { InteractiveServices } from '../interactive/interactive-service'
import { keepRounding, kernelCode } from '../kernels/choose-kernel'
import { describeMachine, describeVersions, newRunId } from '../runs/new-run'
import { assertSameNetwork } from './first-parameters'
import { charactersPerToken, inOrder, nameOf } from './run-text'
import { RunSession } from './run-session'
import type { CheckpointFiles } from './training-api'
import { assertDiskRoom, lookForDiskRoom } from './disk-room'
import { changed, planTraining } from './training-plan'

/** Earlier runs by whose speed the time of a new one is told. */
const MOST_SPEEDS = 40
/** Ends the name of a checkpoint's file that could not be read. */
const DAMAGED = '.damaged'

/** What a run is begun with. */
interface Beginning {
  readonly text: CorpusText
  /** Of the files a person chose, where the text was read from the lab's own copies. */
  readonly summaries: readonly CorpusSummary[]
  readonly configuration: RunConfiguration
  readonly kernel: Kernel
  /** Absolute path of a model, and its digest; null: parameters are drawn. */
  readonly beginWith: { readonly path: string; readonly digest: string } | null
  /** null: as many as the configuration gives. */
  readonly totalSteps: number | null
  readonly name: string
  readonly probe: string
  readonly tags: readonly string[]
  readonly parent: RunId | null
  /** Of an exact repetition: the digest that its model must have at this step. */
  readonly repeats?: { readonly digest: string; readonly step: number } | null
  readonly listener: BeginningListener
}

interface WholeCheckpoint {
  readonly files: CheckpointFiles
  /** Newer ones that cannot be read. */
  readonly damaged: readonly CheckpointRow[]
}

export function createTrainingService(
  context: LabContext,
  corpora: CorpusReader,
  {
    firstWhole,
    chooseKernel,
    describeModel,
  }: Pick<InteractiveServices, 'firstWhole' | 'chooseKernel' | 'describeModel'>,
  /** How fast this machine is, while nothing trains on it. */
  measurePace: () => Promise<number>,
): TrainingService {
  const { host, database, paths, newLease } = context
  const sessions = new Map<RunId, RunSession>()
  /** Runs whose turn is still to come, in their order. */
  const waiting: RunSession[] = []
  const isAppQueue = host.shell !== 'cli'

  /** Those whose turn it is. One that waits for room on its disk keeps its turn. */
  const going = new Set<RunSession>()

  const isBusy = (): boolean => going.size > 0

  function adopt(session: RunSession): void {
    const { run } = session.row
    sessions.set(run, session)
    void session.settled.then(() => {
      sessions.delete(run)
      forget(session)
      return startNext()
    })
  }

  function forget(session: RunSession): void {
    going.delete(session)
    const at = waiting.indexOf(session)
    if (at >= 0) waiting.splice(at, 1)
  }

  async function startNext(): Promise<void> {
    if (isBusy()) return
    const next = waiting.shift()
    if (next && !next.isOver) await go(next)
  }

  async function go(session: RunSession): Promise<void> {
    going.add(session)
    await session.go()
  }

  /** Its turn comes at once, or after those that are running. */
  async function takeTurn(session: RunSession): Promise<void> {
    if (isAppQueue && isBusy()) {
      waiting.push(session)
      if (session.row.status !== 'queued') await session.queue()
    } else {
      await go(session)
    }
  }

  async function prepared(session: RunSession): Promise<RunSession> {
    adopt(session)
    await session.prepare()
    return session
  }

  async function start(request: TrainingRequest): Promise<RunRow> {
    const { configuration, encoding } = request
    const { tokens, reverse } = configuration
    const text = await corpora.read({ files: request.files, encoding, tokens, reverse })
    const name = nameOf(text)
    const plan = planTraining(configuration, text.ids.length, text.vocabulary.length, name)
    const kernel = await chooseKernel(configuration.kernel)
    const path = request.init ?? null
    const begun = path === null ? null : await describeModel(path)
    if (path !== null && begun !== null) {
      assertSameNetwork(path, begun, { shape: plan.shape, vocabulary: text.vocabulary, tokens, reverse })
    }
    return begin({
      text,
      summaries: text.summaries,
      configuration,
      kernel,
      beginWith: path === null || begun === null ? null : { path, digest: begun.digest },
      totalSteps: null,
      name: request.name || `${configuration.cell} ${configuration.hidden} · ${name}`,
      probe: request.probe || inOrder(text.summaries[0].probe, reverse),
      tags: request.tags ?? [],
      parent: null,
      listener: request,
    })
  }

  async function begin(beginning: Beginning): Promise<RunRow> {
    const { text, configuration, kernel, beginWith, probe } = beginning
    const plan = planTraining(configuration, text.ids.length, text.vocabulary.length, nameOf(text))
    const totalSteps = beginning.totalSteps ?? plan.totalSteps
    await assertDiskRoom(paths.directory, { ...beginning, plan, totalSteps }, beginning.listener.onDiskTight)
    const run = newRunId()
    const lease = newLease()
    const isQueued = isAppQueue && isBusy()
    const row = await database.createRun(
      {
        run,
        kind: 'training',
        name: beginning.name,
        configuration,
        corpora: beginning.summaries,
        probe,
        parameters: plan.parameters,
        vocabularySize: text.vocabulary.length,
        totalSteps,
        kernel,
        workers: plan.workers,
        machine: describeMachine(),
        versions: {
          ...describeVersions(host),
          // The seed alone does not tell where such a run began.
          ...(beginWith === null ? {} : { init: beginWith.digest }),
        },
        tags: beginning.tags,
        createdAt: host.clock.now(),
        parent: beginning.parent,
        repeats: beginning.repeats ?? null,
      },
      isQueued ? 'queued' : 'running',
      lease,
    )
    context.emit.run(row)
    const folder = await makeFolder(run)
    const session = await prepared(
      new RunSession(context, row, lease.token, {
        run,
        configuration,
        totalSteps,
        scheduleSteps: plan.totalSteps,
        ids: text.ids,
        trainTokens: plan.trainTokens,
        vocabulary: text.vocabulary,
        charactersPerToken: charactersPerToken(text),
        probe,
        folder,
        kernel: kernelCode(host.kernelsDirectory, kernel),
        workers: plan.workers,
        shardFile: host.workerFile('shard'),
        resumeFrom: null,
        bestStep: null,
        isExtended: false,
        beginWith: beginWith?.path ?? null,
        isWatched: isAppQueue,
      }),
    )
    beginning.listener.onStarted?.(session.row)
    await takeTurn(session)
    return session.row
  }

  /** The text of a run, trained with another setting from drawn parameters; the run is the parent. */
  async function fork(run: RunId, configuration: RunConfiguration, request: RepeatRequest): Promise<RunRow> {
    const detail = await database.showRun(run)
    return begin({
      text: await readKeptText(detail, configuration, paths, corpora.read),
      summaries: detail.corpora,
      configuration,
      kernel: await chooseKernel(configuration.kernel),
      beginWith: null,
      totalSteps: null,
      name: request.name || detail.name,
      probe: detail.probe ?? '',
      tags: detail.tags,
      parent: run,
      listener: request,
    })
  }

  async function repeat(run: RunId, request: RepeatRequest): Promise<RunRow> {
    if (request.configuration) return fork(run, request.configuration, request)
    const detail = await database.showRun(run)
    const { configuration, digest, status, modelStep } = detail
    if (detail.pid !== null) throw new LabError('E_RUN_STATE', { run, status, action: 'be repeated' })
    if (configuration === null) throw new LabError('E_RUN_REPEAT', { run, reason: 'it was not trained by the lab' })
    if (!modelStep) throw new LabError('E_RUN_REPEAT', { run, reason: 'it has no trained step yet' })
    const workers = configuration.workers === 'auto' ? (detail.workers ?? 'auto') : configuration.workers
    return begin({
      text: await readKeptText(detail, configuration, paths, corpora.read),
      summaries: detail.corpora,
      configuration: { ...configuration, workers, seed: request.seed ?? configuration.seed },
      kernel: await chooseKernel(detail.kernel === null ? 'auto' : keepRounding(detail.kernel)),
      beginWith: await firstModel(detail),
      totalSteps: request.seed === undefined ? modelStep : (detail.totalSteps ?? modelStep),
      name: request.name || detail.name,
      probe: detail.probe ?? '',
      tags: detail.tags,
      parent: run,
      repeats: request.seed === undefined && digest !== null ? { digest, step: modelStep } : null,
      listener: request,
    })
  }

  /** Of a run that began with another model's parameters: its own copy of them, the checkpoint of step 0. */
  async function firstModel({ run, versions }: RunDetail): Promise<Beginning['beginWith']> {
    if (versions.init === undefined) return null
    const path = join(paths.models, run, '0.safetensors')
    const digest = existsSync(path) ? (await describeModel(path)).digest : null
    if (digest === versions.init) return { path, digest }
    throw new LabError('E_RUN_REPEAT', { run, reason: 'the model it began with is not kept here' })
  }

  async function makeFolder(run: RunId): Promise<string> {
    const folder = join(paths.models, run)
    await mkdir(folder, { recursive: true })
    return folder
  }

  async function resumeIdle(run: RunId, request: ResumeRequest): Promise<RunRow> {
    for (const row of await database.interruptLostRuns()) context.emit.run(row)
    const detail = await database.showRun(run)
    if (detail.pid !== null) throw new LabError('E_RUN_BUSY', { run, pid: detail.pid })
    const { configuration } = detail
    if (configuration === null) throw new LabError('E_RUN_STATE', { run, status: detail.status, action: 'go on' })
    const checkpoints = await database.listCheckpoints(run)
    const { files, damaged } = await newestWhole(run, checkpoints)
    const { step } = files
    const wanted = changed(configuration, request.configuration ?? {})
    const text = await readKeptText(detail, configuration, paths, corpora.read)
    // It keeps the number of workers it began with, which decides its bits.
    const workers = detail.workers ?? 1
    const planned = (of: RunConfiguration) =>
      planTraining({ ...of, workers }, text.ids.length, text.vocabulary.length, nameOf(text))
    const first = planned(configuration)
    const { steps: newSteps, epochs: newEpochs } = request.configuration ?? {}
    const hasNewEnd = newSteps !== undefined || newEpochs !== undefined
    const totalSteps = hasNewEnd ? planned(wanted).totalSteps : (detail.totalSteps ?? first.totalSteps)
    if (step >= totalSteps) {
      throw new LabError('E_RUN_STATE', {
        run,
        status: detail.status,
        action: `go on to step ${totalSteps} from ${step}`,
      })
    }
    await lookForDiskRoom(join(paths.models, run), { configuration, plan: first, totalSteps }, request.onDiskTight)
    const kernel = await chooseKernel(detail.kernel === null ? 'auto' : keepRounding(detail.kernel))
    const lease = newLease()
    const row = await database.resumeRun(run, { step, totalSteps, kernel }, lease)
    await setAside(run, damaged)
    await sweep(run)
    context.emit.run(row)
    const session = await prepared(
      new RunSession(context, row, lease.token, {
        run,
        configuration: { ...configuration, checkpointEvery: wanted.checkpointEvery },
        totalSteps,
        scheduleSteps: first.totalSteps,
        ids: text.ids,
        trainTokens: first.trainTokens,
        vocabulary: text.vocabulary,
        charactersPerToken: charactersPerToken(text),
        probe: detail.probe ?? inOrder(text.summaries[0].probe, configuration.reverse),
        folder: await makeFolder(run),
        kernel: kernelCode(host.kernelsDirectory, kernel),
        workers: first.workers,
        shardFile: host.workerFile('shard'),
        resumeFrom: files,
        bestStep: detail.bestStep !== null && detail.bestStep <= step ? detail.bestStep : null,
        isExtended: detail.status === 'finished',
        beginWith: null,
        isWatched: isAppQueue,
      }),
    )
    request.onStarted?.(session.row)
    await takeTurn(session)
    return session.row
  }

  /** The newest checkpoint that can be read in full; a damaged one is passed over. */
  async function newestWhole(run: RunId, checkpoints: readonly CheckpointRow[]): Promise<WholeCheckpoint> {
    const folder = join(paths.models, run)
    const candidates = [...checkpoints].reverse().flatMap(({ step, model, state }): CheckpointFiles[] => {
      return state === null ? [] : [{ step, model: join(folder, model), state: join(folder, state) }]
    })
    const files = await firstWhole(candidates)
    if (files === null) throw new LabError('E_RUN_NO_MODEL', { run })
    return { files, damaged: checkpoints.filter(({ step, state }) => state !== null && step > files.step) }
  }

  /** What could not be read of a run stays for whoever wants to know why, under a name that is never written again. */
  async function setAside(run: RunId, damaged: readonly CheckpointRow[]): Promise<void> {
    for (const { step, model, state } of damaged) {
      host.log(`run ${run}: the checkpoint of step ${step} is damaged and was passed over`)
      for (const name of [model, state ?? model]) {
        const file = join(paths.models, run, name)
        await rename(file, `${file}${DAMAGED}`).catch(() => undefined) // it may be gone altogether
      }
    }
  }

  /** Removes files of a run that no row names: a crash may have left them half-made. */
  async function sweep(run: RunId): Promise<void> {
    const known = new Set((await database.listFiles()).filter((file) => file.startsWith(`models/${run}/`)))
    const folder = await makeFolder(run)
    for (const name of await readdir(folder)) {
      if (!name.endsWith(DAMAGED) && !known.has(`models/${run}/${name}`)) await rm(join(folder, name), { force: true })
    }
  }

  function held(run: RunId): RunSession {
    const session = sessions.get(run)
    if (!session || session.isOver)
      throw new LabError('E_RUN_STATE', { run, status: 'not running here', action: 'do that' })
    return session
  }

  return {
    start,
    repeat: (run, request = {}) => repeat(run, request),
    pause: async (run) => {
      const session = held(run)
      forget(session)
      await session.pause()
      await startNext()
    },
    resume: async (run, request = {}) => {
      const session = sessions.get(run)
      if (!session || session.isOver) return resumeIdle(run, request)
      if (!going.has(session) && !waiting.includes(session)) await takeTurn(session)
      return session.row
    },
    stop: async (run) => held(run).stop(),
    save: async (run) => held(run).save(),
    machine: async () => {
      const [session] = going
      const pace = session?.pace ?? (await measurePace())
      const [diskFreeBytes, earlier] = await Promise.all([
        freeOnDisk(paths.directory),
        database.readSpeeds(describeMachine(), MOST_SPEEDS),
      ])
      return { cores: availableParallelism(), freeBytes: freemem(), diskFreeBytes, pace, earlier }
    },
    changeRate: async (run, learningRate) => held(run).changeRate(learningRate),
    watch: async (run, probe, temperature) => sessions.get(run)?.watch(probe, temperature),
    settled: async (run) => (await sessions.get(run)?.settled) ?? (await database.showRun(run)),
    saveAll: async () => {
      waiting.length = 0 // nobody's turn comes any more, whoever settles first
      await Promise.all([...sessions.values()].map((session) => session.letGo()))
    },
    active: () => [...sessions.values()].filter(({ isOver }) => !isOver).map(({ row }) => row.run),
  }
}
