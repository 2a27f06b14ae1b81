/**
 * A run while it trains, in its worker: steps in slices of 25 ms between which it hears what it is asked; points kept
 * until they are written; checkpoints; validation in slices; what is shown to whoever looks on. A run that cannot write
 * waits, with everything it has, until the disk has room again.
 */
import { join } from 'node:path'
import { Tokeniser, Trainer } from '../../engine'
import type { ModelShape, StepResult, TokenIds } from '../../engine'
import { LabError, VALIDATION_TOKENS, withRateChange } from '../../shared'
import type { RunConfiguration, RunPoint } from '../../shared'
import type { RunProgress } from '../database/database-api'
import { readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import { assertSameNetwork } from './first-parameters'
import { readCheckpointOfRun, writeCheckpointFiles } from './checkpoint-files'
import { LiveView } from './live-view'
import { isFiniteStep, PointAccumulator } from './point-accumulator'
import { ShardCrew } from './shard-crew'
import type { CrewSurroundings } from './shard-crew'
import { Speedometer } from './speedometer'
import { startToken } from './start-token'
import type { EndStatus, TrainingJob, TrainingListener, TrainingWorkerApi } from './training-api'
import { shapeOf, trainerSettings } from './training-plan'
import { Unhurried } from './unhurried'

/** What a session is given from outside. */
export interface SessionSurroundings extends CrewSurroundings {
  readonly wait: (milliseconds: number) => Promise<void>
}

const SLICE_MS = 25
const POINTS_EVERY_MS = 250
const SNAPSHOT_EVERY_MS = 200
const SAMPLE_EVERY_MS = 1000
/** Of all time, that each of the two may take at most: a large network is shown more seldom, and learns as fast. */
const SHOWN_SHARE = 0.025
const DISK_RETRY_MS = 2000

type Wish = 'go' | 'pause' | 'stop'

interface Best {
  /** null: not known, of a run that an earlier version began. */
  readonly step: number | null
  readonly loss: number
}

export class TrainingSession implements TrainingWorkerApi {
  readonly #job: TrainingJob
  readonly #listener: TrainingListener
  readonly #around: SessionSurroundings
  readonly #shape: ModelShape
  readonly #trainer: Trainer
  readonly #trained: TokenIds
  readonly #heldOut: TokenIds
  readonly #view: LiveView
  readonly #points = new PointAccumulator()
  readonly #speed: Speedometer
  /** The workers of the other shards; null where there are none. */
  #crew: ShardCrew | null = null
  #unsaved: RunPoint[] = []
  #flushing: Promise<void> | null = null
  #wish: Wish = 'pause'
  #running: Promise<void> | null = null
  #ended = false
  /** What was asked for and waits for the end of a slice. */
  readonly #asked: (() => Promise<void>)[] = []
  #configuration: RunConfiguration
  /** The last validation: on the part of the held-out text that every validation reads, at the end on all of it. */
  #validationLoss: number | null = null
  /** The last one on that part: by it parameters are compared while the run trains. */
  #comparedLoss: number | null = null
  #best: Best | null = null
  /** The better of the best and the last parameters on all of the held-out text, once both were measured. */
  #bestOnAll: Best | null = null
  /** Whether the network holds other parameters for a moment: nobody is shown what it does with them. */
  #isMeasuring = false
  #waited = 0
  #validatedStep = -1
  #savedStep = -1
  #nextPoints = 0
  #nextCheckpoint = 0
  readonly #snapshots: Unhurried
  readonly #samples: Unhurried
  #sample: string | null = null

  constructor(job: TrainingJob, listener: TrainingListener, around: SessionSurroundings) {
    this.#job = job
    this.#listener = listener
    this.#around = around
    const { configuration, ids, trainTokens } = job
    this.#configuration = configuration
    this.#shape = shapeOf(configuration, job.vocabulary.length)
    const settings = trainerSettings(configuration, this.#shape, job.scheduleSteps)
    this.#trained = ids.subarray(0, trainTokens)
    this.#trainer = new Trainer(
      { ...settings, kernel: job.kernel, workers: job.workers },
      this.#trained,
      (bytes) => new SharedArrayBuffer(bytes),
    )
    this.#heldOut = ids.subarray(trainTokens)
    const tokeniser = new Tokeniser(configuration.tokens, job.vocabulary)
    this.#view = new LiveView(this.#trainer.createReader(), tokeniser, job.probe, startToken(tokeniser, ids))
    this.#snapshots = new Unhurried(around.now, SNAPSHOT_EVERY_MS, SHOWN_SHARE)
    this.#samples = new Unhurried(around.now, SAMPLE_EVERY_MS, SHOWN_SHARE)
    this.#speed = new Speedometer(configuration.batch * configuration.sequence * job.charactersPerToken, around.now)
  }

  async prepare(): Promise<void> {
    if (this.#job.workers > 1) this.#crew = await ShardCrew.start(this.#trainer, this.#trained, this.#around)
    if (this.#job.resumeFrom === null) {
      if (this.#job.beginWith !== null) this.#beginWith(this.#job.beginWith)
      await this.#checkpoint()
      this.#show(true)
      return
    }
    const { optimizer } = this.#configuration
    const { snapshot, session } = readCheckpointOfRun(this.#job.resumeFrom, this.#describe(), optimizer)
    this.#trainer.restore(snapshot)
    this.#points.restore(session.accumulator)
    this.#validationLoss = session.validationLoss
    this.#comparedLoss = session.validationLoss
    if (session.bestValidationLoss !== null) {
      this.#best = { step: session.bestStep ?? this.#job.bestStep, loss: session.bestValidationLoss }
    }
    this.#waited = this.#job.isExtended ? 0 : session.waited
    this.#speed.restore(session.seconds, snapshot.step)
    this.#savedStep = snapshot.step
    this.#show(true)
  }

  /** The file is read again: what was found in it may have changed since the run was planned. */
  #beginWith(path: string): void {
    const { parameters, ...found } = readModel(path)
    assertSameNetwork(path, found, this.#describe())
    this.#trainer.setParameters(parameters)
  }

  go(): void {
    if (this.#ended) return
    this.#wish = 'go'
    this.#running ??= this.#run()
  }

  async pause(): Promise<void> {
    if (this.#ended) return
    this.#wish = 'pause'
    await this.#running
    if (!this.#ended) await this.#save()
  }

  async stop(): Promise<void> {
    if (this.#ended) return
    this.#wish = 'stop'
    await this.#running
    if (!this.#ended) await this.#end('stopped', null)
  }

  watch(probe: string | null, temperature: number | null): void {
    if (probe !== null) this.#view.setProbe(probe)
    if (temperature !== null) this.#view.setTemperature(temperature)
    this.#samples.hurry()
    this.#show(true)
  }

  /** From the next step on. */
  changeRate(learningRate: number): Promise<void> {
    return this.#betweenSlices(() => this.#takeRate(learningRate))
  }

  /** A checkpoint of the step it is at. */
  save(): Promise<void> {
    return this.#betweenSlices(() => (this.#ended ? Promise.resolve() : this.#save()))
  }

  /** Whether it trains or stands still. */
  #betweenSlices(work: () => Promise<void>): Promise<void> {
    return new Promise((done, failed) => {
      this.#asked.push(() => work().then(done, failed))
      this.#running ??= this.#run()
    })
  }

  /** Written down before it is learnt with: a run that goes on elsewhere has the same rates at the same steps. */
  async #takeRate(learningRate: number): Promise<void> {
    if (this.#ended) return
    const change = { after: this.#trainer.steps, learningRate }
    await this.#listener.saveRateChange(change)
    this.#configuration = withRateChange(this.#configuration, change)
    this.#trainer.setSchedule(trainerSettings(this.#configuration, this.#shape, this.#job.scheduleSteps).schedule)
  }

  async #run(): Promise<void> {
    this.#nextCheckpoint = this.#around.now() + this.#job.configuration.checkpointEvery * 1000
    try {
      for (;;) {
        for (let work = this.#asked.shift(); work; work = this.#asked.shift()) await work()
        if (this.#wish !== 'go' || this.#ended) return
        await this.#turnOnce()
      }
    } finally {
      this.#running = null
    }
  }

  async #turnOnce(): Promise<void> {
    try {
      if (this.#trainer.steps >= this.#job.totalSteps || this.#isOutOfPatience) return await this.#finish()
      const last = await this.#trainSlice()
      if (!isFiniteStep(last)) return await this.#diverge(last)
      if (this.#isValidationDue()) await this.#validate()
      this.#show(false)
      await this.#write()
    } catch (error) {
      const failure = this.#crew?.failure ?? null
      if (failure !== null && error === failure) return await this.#crash(failure)
      if (!(error instanceof LabError) || error.code !== 'E_DISK_FULL') throw error
      await this.#waitForDisk()
    }
    await this.#around.turn()
  }

  /** Steps for 25 ms, or one that takes longer. @returns the last one */
  async #trainSlice(): Promise<StepResult> {
    const { now } = this.#around
    const until = now() + SLICE_MS
    this.#speed.begin()
    try {
      let result: StepResult
      do {
        result = this.#crew === null ? this.#trainer.step() : await this.#crew.step()
        const point = this.#points.addStep(result, this.#speed.rate)
        if (point) this.#unsaved.push(point)
        if (!isFiniteStep(result)) break
      } while (now() < until && this.#trainer.steps < this.#job.totalSteps && !this.#isValidationDue())
      return result
    } finally {
      this.#speed.end(this.#trainer.steps)
    }
  }

  get #isOutOfPatience(): boolean {
    const { patience } = this.#job.configuration
    return patience > 0 && this.#waited >= patience
  }

  #isValidationDue(): boolean {
    const { steps } = this.#trainer
    const { validateEvery } = this.#job.configuration
    return this.#heldOut.length > 1 && steps % validateEvery === 0 && steps > 0 && steps !== this.#validatedStep
  }

  /** Reads the held-out text in slices with the parameters as they are; null if it was stopped. */
  async #readHeldOut(most: number): Promise<number | null> {
    const validation = this.#trainer.validate(this.#heldOut, most)
    let loss: number | null = null
    while (loss === null) {
      const until = this.#around.now() + SLICE_MS
      while (loss === null && this.#around.now() < until) loss = validation.next(this.#trainer.parameters)
      if (loss === null) await this.#around.turn()
      if (loss === null && this.#wish === 'stop') return null
    }
    return loss
  }

  /** A pause comes after it, a stop at once. */
  async #validateOn(most: number): Promise<number | null> {
    const loss = await this.#readHeldOut(most)
    if (loss === null) return null
    this.#validationLoss = loss
    this.#points.addValidation(loss)
    return loss
  }

  async #validate(): Promise<void> {
    this.#validatedStep = this.#trainer.steps
    const loss = await this.#validateOn(VALIDATION_TOKENS)
    if (loss === null) return
    this.#comparedLoss = loss
    if (this.#best === null || loss < this.#best.loss) {
      this.#best = { step: this.#trainer.steps, loss }
      this.#waited = 0
      await this.#checkpoint()
    } else {
      this.#waited += 1
    }
  }

  async #finish(): Promise<void> {
    if (this.#heldOut.length > 1 && this.#validatedStep !== this.#trainer.steps) await this.#validate()
    if (this.#wish === 'stop') return
    await this.#endFinished()
  }

  /** The losses of the last and of the best parameters are reported on all of the held-out text: the better is the best. */
  async #endFinished(): Promise<void> {
    if (this.#heldOut.length - 1 > VALIDATION_TOKENS) {
      const last = await this.#validateOn(Infinity)
      const best = last === null ? null : await this.#measureBest()
      if (last !== null && this.#wish !== 'stop') {
        const { steps: step } = this.#trainer
        this.#bestOnAll = best === null || last < best.loss ? { step, loss: last } : best
      }
    }
    if (this.#wish === 'stop') return
    await this.#end('finished', null)
  }

  /** On all of the held-out text; null where they are the last ones, were not kept, or it was stopped. */
  async #measureBest(): Promise<Best | null> {
    const step = this.#best?.step ?? null
    if (step === null || step === this.#trainer.steps) return null
    const best = this.#readParametersOf(step)
    if (best === null) return null
    const last = this.#trainer.readParameters()
    this.#isMeasuring = true
    this.#trainer.setParameters(best)
    try {
      const loss = await this.#readHeldOut(Infinity)
      return loss === null ? null : { step, loss }
    } finally {
      this.#trainer.setParameters(last)
      this.#isMeasuring = false
    }
  }

  /** Null where the checkpoint's file is gone or damaged: then they are the best no longer. */
  #readParametersOf(step: number): Model['parameters'] | null {
    try {
      return readModel(join(this.#job.folder, `${step}.safetensors`)).parameters
    } catch (error) {
      if (error instanceof LabError) return null
      throw error
    }
  }

  async #diverge(result: StepResult): Promise<void> {
    const what = Number.isFinite(result.loss) ? 'gradient' : 'loss'
    await this.#end('diverged', `${what} not finite at step ${result.step}`)
  }

  /** In the middle of a step: what was trained since the last checkpoint is trained again when it goes on. */
  async #crash(failure: LabError): Promise<void> {
    await this.#crew?.end()
    await this.#flushAll()
    this.#ended = true
    await this.#listener.ended('crashed', failure.message)
  }

  async #end(status: EndStatus, reason: string | null): Promise<void> {
    this.#show(true)
    const point = this.#points.flush(this.#speed.rate)
    if (point) this.#unsaved.push(point)
    if (status === 'diverged') await this.#flushAll()
    else await this.#save()
    await this.#crew?.end()
    this.#ended = true
    await this.#listener.ended(status, reason)
  }

  /** Points and a checkpoint, as far as they are due. */
  async #write(): Promise<void> {
    const now = this.#around.now()
    if (now >= this.#nextCheckpoint) await this.#checkpoint()
    else if (now >= this.#nextPoints && this.#flushing === null && this.#unsaved.length > 0) await this.#flushAll()
  }

  async #save(): Promise<void> {
    await this.#flushAll()
    if (this.#savedStep !== this.#trainer.steps) await this.#checkpoint()
  }

  /** Everything that was trained so far is in the database when it returns. */
  async #flushAll(): Promise<void> {
    while (this.#unsaved.length > 0) {
      this.#flushing ??= this.#flush()
      await this.#flushing
    }
  }

  async #flush(): Promise<void> {
    const points = this.#unsaved.slice()
    try {
      await this.#listener.savePoints(points, this.#progress())
      this.#unsaved.splice(0, points.length)
      this.#nextPoints = this.#around.now() + POINTS_EVERY_MS
    } finally {
      this.#flushing = null
    }
  }

  async #checkpoint(): Promise<void> {
    await this.#flushAll()
    const snapshot = this.#trainer.save()
    // By the step alone: one that is tried again after a full disk is still the one that was validated.
    const validationLoss = snapshot.step === this.#validatedStep ? this.#comparedLoss : null
    const files = writeCheckpointFiles(this.#job.folder, this.#describe(), snapshot, {
      accumulator: this.#points.save(),
      validationLoss: this.#comparedLoss,
      bestValidationLoss: this.#best?.loss ?? null,
      bestStep: this.#best?.step ?? null,
      waited: this.#waited,
      seconds: this.#speed.seconds,
    })
    await this.#listener.saveCheckpoint({ step: snapshot.step, validationLoss, ...files }, this.#progress())
    this.#savedStep = snapshot.step
    this.#nextCheckpoint = this.#around.now() + this.#job.configuration.checkpointEvery * 1000
  }

  /** Stands still with all it has, and tries again until something can be written or it is asked to end. */
  async #waitForDisk(): Promise<void> {
    await this.#listener.diskFull()
    while (this.#wish === 'go') {
      await this.#around.wait(DISK_RETRY_MS)
      try {
        await this.#flushAll()
        await this.#checkpoint()
        await this.#listener.diskFree()
        return
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== 'E_DISK_FULL') throw error
      }
    }
  }

  #show(now: boolean): void {
    if (this.#isMeasuring) return
    if (now) this.#samples.hurry()
    if (!now && !(this.#job.isWatched && this.#snapshots.isDue)) return
    if (this.#samples.isDue || this.#sample === null) {
      this.#sample = this.#samples.do(() => this.#view.write())
    }
    if (!this.#job.isWatched) return
    this.#listener.snapshot({
      run: this.#job.run,
      step: this.#trainer.steps,
      probe: this.#view.probeTokens,
      hidden: this.#snapshots.do(() => this.#view.readHidden()),
      layers: this.#shape.layers,
      units: this.#shape.hidden,
      sample: this.#sample,
    })
  }

  #describe(): Omit<Model, 'parameters'> {
    const { configuration, vocabulary } = this.#job
    return { shape: this.#shape, vocabulary, tokens: configuration.tokens, reverse: configuration.reverse }
  }

  #progress(): RunProgress {
    return {
      steps: this.#trainer.steps,
      trainLoss: this.#points.recentLoss,
      validationLoss: this.#validationLoss,
      bestValidationLoss: (this.#bestOnAll ?? this.#best)?.loss ?? null,
      bestStep: (this.#bestOnAll ?? this.#best)?.step ?? null,
      charactersPerSecond: this.#speed.overall(this.#trainer.steps),
      seconds: this.#speed.seconds,
      sample: this.#sample,
    }
  }
}
