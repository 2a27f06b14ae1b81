/** Runs: begun, queued, gone on with and ended. The app trains one at a time; the command line never waits. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { KernelCode } from '../../engine'
import { LabError } from '../../shared'
import type { Kernel, RunConfiguration, RunDetail, RunId, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { CorpusReader } from '../corpora/corpus-service'
import type { CorpusText } from '../corpora/corpus-api'
import type { CheckpointRow } from '../database/database-api'
import type { ResumeRequest, TrainingRequest, TrainingService } from '../lab'
import type { InteractiveServices } from '../interactive/interactive-service'
import { isFused, kernelCode } from '../kernels/choose-kernel'
import type { KernelWish } from '../kernels/choose-kernel'
import { describeMachine, describeVersions, newRunId } from '../runs/new-run'
import { assertSameNetwork } from './first-parameters'
import { RunSession } from './run-session'
import type { CheckpointFiles } from './training-api'
import { planTraining } from './training-plan'

/** Ends the name of a checkpoint's file that could not be read. */
const DAMAGED = '.damaged'

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
    const beginWith = request.init ?? null
    const begun = beginWith === null ? null : await describeModel(beginWith)
    if (beginWith !== null && begun !== null) {
      assertSameNetwork(beginWith, begun, { shape: plan.shape, vocabulary: text.vocabulary, tokens, reverse })
    }
    const run = newRunId()
    const lease = newLease()
    const probe = request.probe || inOrder(text.summaries[0].probe, reverse)
    const isQueued = isAppQueue && isBusy()
    const row = await database.createRun(
      {
        run,
        kind: 'training',
        name: request.name || `${configuration.cell} ${configuration.hidden} · ${name}`,
        configuration,
        corpora: text.summaries,
        probe,
        parameters: plan.parameters,
        vocabularySize: text.vocabulary.length,
        totalSteps: plan.totalSteps,
        kernel,
        workers: 1,
        machine: describeMachine(),
        versions: {
          ...describeVersions(host),
          // The seed alone does not tell where such a run began.
          ...(begun === null ? {} : { init: begun.digest }),
        },
        tags: request.tags ?? [],
        createdAt: host.clock.now(),
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
        totalSteps: plan.totalSteps,
        scheduleSteps: plan.totalSteps,
        ids: text.ids,
        trainTokens: plan.trainTokens,
        vocabulary: text.vocabulary,
        charactersPerToken: charactersPerToken(text),
        probe,
        folder,
        kernel: codeOf(kernel),
        resumeFrom: null,
        beginWith,
        isWatched: isAppQueue,
      }),
    )
    request.onStarted?.(session.row)
    await takeTurn(session)
    return session.row
  }

  function codeOf(kernel: Kernel): KernelCode | null {
    return kernelCode(host.kernelsDirectory, kernel) ?? null
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
    const wanted = { ...configuration, ...withoutUndefined(request.configuration ?? {}) }
    const text = await readKept(detail, configuration)
    const planned = (of: RunConfiguration) => planTraining(of, text.ids.length, text.vocabulary.length, nameOf(text))
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
    const kernel = await chooseKernel(keepRounding(detail.kernel))
    const lease = newLease()
    const row = await database.resumeRun(run, step, totalSteps, lease)
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
        kernel: codeOf(kernel),
        resumeFrom: files,
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

  /** The run's own copies of its texts: the files a person chose may have changed since. */
  async function readKept(detail: RunDetail, { tokens, reverse }: RunConfiguration): Promise<CorpusText> {
    const [first] = detail.corpora
    const files = detail.corpora.map(({ sha256 }) => join(paths.corpora, sha256))
    const text = await corpora.read({
      files,
      encoding: first.encoding === 'bytes' ? 'auto' : first.encoding,
      tokens,
      reverse,
    })
    text.summaries.forEach((summary, i) => {
      const { sha256: expected, name } = detail.corpora[i]
      if (summary.sha256 !== expected) throw new LabError('E_CORPUS_CHANGED', { name, expected, found: summary.sha256 })
    })
    return text
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
    watch: async (run, probe, temperature) => sessions.get(run)?.watch(probe, temperature),
    settled: async (run) => (await sessions.get(run)?.settled) ?? (await database.showRun(run)),
    saveAll: async () => {
      waiting.length = 0 // nobody's turn comes any more, whoever settles first
      await Promise.all([...sessions.values()].map((session) => session.letGo()))
    },
    active: () => [...sessions.values()].filter(({ isOver }) => !isOver).map(({ row }) => row.run),
  }
}

/** A run goes on with the rounding it began with; of those that round alike, any gives the same bits. */
function keepRounding(kernel: Kernel | null): KernelWish {
  return kernel === null ? 'auto' : isFused(kernel) ? 'fused' : kernel
}

/** Of the whole text, the line ends that join its files among it. */
function charactersPerToken({ summaries, ids }: CorpusText): number {
  return summaries.reduce((sum, { characters }) => sum + characters, summaries.length - 1) / ids.length
}

function nameOf({ summaries }: CorpusText): string {
  return summaries.map(({ name }) => basename(name)).join(' + ')
}

/** What a network that reads from the end is shown of a text's beginning. */
function inOrder(probe: string, reverse: boolean): string {
  return reverse ? [...probe].reverse().join('') : probe
}

function withoutUndefined<Value extends object>(values: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Value>
}
