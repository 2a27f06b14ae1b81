/**
 * Every call the page may make and every event it may hear, declared once. The preload bridge, main's handlers, the
 * page's API and the test doubles are derived from it (see ./derived.ts): a forgotten handler doesn't compile.
 */
import * as v from 'valibot'
import type { ChosenCorpus, SampleCorpus } from '../domain/corpus'
import { EncodingChoiceSchema } from '../domain/corpus'
import type { ChosenFile } from '../domain/file-kind'
import type { OpenedFile, SavedFile } from '../domain/files'
import { MOST_CHOSEN, OPEN_KINDS, SaveRequestSchema } from '../domain/files'
import type { ExperimentProgress, KeptExperiment } from '../domain/experiment'
import { ExperimentRequestSchema } from '../domain/experiment'
import type { PatternSet, PatternSetInfo } from '../domain/pattern'
import { KeptSetSchema, PatternSetSchema } from '../domain/pattern'
import type { RecallBatch, RecallStart, RecallWeights } from '../domain/recall'
import type { Baseline, TaskAnswers } from '../domain/evaluation'
import { AnswersRequestSchema, TaskRequestSchema } from '../domain/evaluation'
import { MOST_VISITS, RecallRequestSchema, WeightsRequestSchema } from '../domain/recall'
import type { RunComparison } from '../domain/compare-runs'
import type {
  ChosenBackup,
  ChosenPlace,
  DataProgress,
  DataWhere,
  DiskFreeable,
  DiskUse,
  RestoreNews,
} from '../domain/data'
import { FREEABLE } from '../domain/data'
import type { BrowsedList, BrowsedRow, ComparedCurve, RunsAsColumns, RunsChanged } from '../domain/run-browse'
import { BrowseQuerySchema, MOST_CHANGED, MOST_EXPORTED, MOST_ROWS_AT_ONCE } from '../domain/run-browse'
import { FEWEST_COMPARED, MOST_COMPARED } from '../domain/compare-runs'
import type { ChosenModel } from '../domain/model-file'
import { MOST_ALPHABET_UNITS } from '../domain/model-file'
import type { CarriedIn, RunCurve, RunDetail, RunPoint, RunRow, RunSnapshot, TrainingMachine } from '../domain/run'
import { LONGEST_NAME, LONGEST_NOTE, LONGEST_TAG, RunPatchSchema } from '../domain/run'
import { RunConfigurationSchema, TOKEN_KINDS } from '../domain/run-configuration'
import type { Settings } from '../domain/settings'
import { SettingsPatchSchema } from '../domain/settings'
import type { GradientReport, WeightSpectrum } from '../domain/gradient'
import { textUpTo as text, wordsUpTo } from '../domain/well-formed'
import type { BundledModel, KeptModel, ModelTensor, TextComparison, Trace } from '../domain/trace'
import { askModel, MOST_TEXT, STATE_QUANTITIES } from '../domain/trace'

/** A call: what may be sent (parsed strictly in main) and, as a type, what comes back. */
export interface CallDeclaration<Input extends v.GenericSchema, Output> {
  readonly input: Input
  /** Never set: carries the type alone. */
  readonly output?: Output
}

const call =
  <Output>() =>
  <const Input extends v.GenericSchema>(input: Input): CallDeclaration<Input, Output> => ({ input })

const nothing = v.strictObject({})
const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const ofRun = v.strictObject({ run: identifier })
const ofToken = v.strictObject({ token: identifier })
const ofSet = v.strictObject({ id: identifier })
const ofText = v.strictObject({ token: identifier, encoding: EncodingChoiceSchema, tokens: v.picklist(TOKEN_KINDS) })
const setTitle = v.pipe(text(200), v.minLength(1))
const readText = v.pipe(text(MOST_TEXT), v.minLength(1))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const several = (least: number, most: number) => v.pipe(v.array(identifier), v.minLength(least), v.maxLength(most))
const ofRuns = v.strictObject({ runs: several(1, MOST_CHANGED) })
const topK = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20))
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))

export const CALLS = {
  app: {
    info: call<AppInfo>()(nothing),
    openDataFolder: call<null>()(nothing),
    /** Answers `leaving`: nothing waits to be written any more. */
    left: call<null>()(nothing),
  },
  settings: {
    read: call<Settings>()(nothing),
    change: call<Settings>()(SettingsPatchSchema),
  },
  corpora: {
    /** Opens the system's dialog; null when it was cancelled. */
    choose: call<readonly ChosenCorpus[] | null>()(nothing),
    /** What counting n-grams reaches on the text of a run, on the same split; null: not counted before, and not to be. */
    baseline: call<Baseline | null>()(v.strictObject({ run: identifier, onlyKnown: v.boolean() })),
    /** Makes a text for a question of memory, in the data directory. */
    generate: call<ChosenCorpus>()(TaskRequestSchema),
    samples: call<readonly SampleCorpus[]>()(nothing),
    openSample: call<ChosenCorpus>()(v.strictObject({ id: identifier })),
    /** Reads a chosen file again, with another encoding or token kind. */
    inspect: call<ChosenCorpus>()(ofText),
    /** Its different tokens in the order of their numbers. */
    alphabet: call<readonly string[]>()(ofText),
  },
  training: {
    start: call<RunRow>()(
      v.strictObject({
        corpora: v.pipe(v.array(identifier), v.minLength(1), v.maxLength(64)),
        encoding: EncodingChoiceSchema,
        configuration: RunConfigurationSchema,
        name: text(200),
        probe: text(400),
        /** A run whose last parameters it begins with. */
        beginWith: v.optional(v.nullable(identifier), null),
        tags: v.optional(v.pipe(v.array(wordsUpTo(LONGEST_TAG)), v.maxLength(20)), []),
      }),
    ),
    /** What this machine has for a run: the first time it is measured, which takes about a second. */
    machine: call<TrainingMachine>()(nothing),
    /** A checkpoint now; it trains on. */
    save: call<null>()(ofRun),
    /** From the next step on. */
    changeRate: call<null>()(
      v.strictObject({ run: identifier, learningRate: v.pipe(v.number(), v.finite(), v.gtValue(0)) }),
    ),
    pause: call<null>()(ofRun),
    resume: call<null>()(ofRun),
    stop: call<null>()(ofRun),
    /** Again, exactly; with a seed: the same setting with that one. Its parent is the first. */
    repeat: call<RunRow>()(v.strictObject({ run: identifier, seed: v.nullable(seed), name: text(200) })),
    /** The text of a run with another setting; the run is the parent. */
    fork: call<RunRow>()(v.strictObject({ run: identifier, configuration: RunConfigurationSchema, name: text(200) })),
    /** On from where it ended, to this step. */
    goOn: call<RunRow>()(
      v.strictObject({
        run: identifier,
        steps: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1)),
      }),
    ),
    /** What is watched while it trains: the probe text and the temperature of what it writes. */
    watch: call<null>()(
      v.strictObject({
        run: identifier,
        probe: v.nullable(text(400)),
        temperature: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(10))),
      }),
    ),
  },
  runs: {
    list: call<readonly RunRow[]>()(nothing),
    show: call<RunDetail>()(ofRun),
    curve: call<RunCurve>()(ofRun),
    rename: call<RunRow>()(v.strictObject({ run: identifier, name: wordsUpTo(LONGEST_NAME) })),
    /** The identifiers of what a query finds, in its order and groups. */
    browse: call<BrowsedList>()(
      v.strictObject({
        ...BrowseQuerySchema.entries,
        rows: v.optional(v.pipe(count, v.maxValue(MOST_ROWS_AT_ONCE)), 0),
      }),
    ),
    /** What a query finds as columns: the settings that differ, and the losses. */
    columns: call<RunsAsColumns>()(v.pick(BrowseQuerySchema, ['filter', 'place'])),
    /** Rows in sight, in the order asked for. */
    rows: call<readonly BrowsedRow[]>()(
      v.strictObject({ runs: several(1, MOST_ROWS_AT_ONCE), atStep: BrowseQuerySchema.entries.atStep }),
    ),
    /** Runs that differ from it in their seed alone. */
    siblings: call<readonly string[]>()(ofRun),
    /** Smoothed over all points, then decimated: some `buckets` across. */
    curves: call<readonly ComparedCurve[]>()(
      v.strictObject({
        runs: several(1, MOST_COMPARED),
        buckets: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4000)),
        smoothing: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
      }),
    ),
    compare: call<RunComparison>()(v.strictObject({ runs: several(FEWEST_COMPARED, MOST_COMPARED) })),
    change: call<RunsChanged>()(v.strictObject({ runs: several(1, MOST_CHANGED), patch: RunPatchSchema })),
    tag: call<RunsChanged>()(
      v.pipe(
        v.strictObject({
          runs: several(1, MOST_CHANGED),
          tag: v.pipe(text(LONGEST_NOTE), v.minLength(1)),
          isThere: v.boolean(),
        }),
        // Whatever is there can be taken off.
        v.check(({ tag, isThere }) => !isThere || (tag.length <= LONGEST_TAG && tag.trim() !== ''), 'tag'),
      ),
    ),
    /** Into the bin: those that nobody trains. */
    delete: call<RunsChanged>()(ofRuns),
    restore: call<RunsChanged>()(ofRuns),
    /** For good; answers how many. */
    emptyBin: call<number>()(nothing),
    disk: call<DiskUse>()(v.strictObject({ run: v.nullable(identifier) })),
  },
  inspect: {
    /** Models that come with the lab. */
    models: call<readonly BundledModel[]>()(nothing),
    /** The models of a run that can still be opened, oldest first. */
    kept: call<readonly KeptModel[]>()(ofRun),
    /** A newer question in the same lane ends an older one with E_CANCELLED. */
    trace: call<Trace>()(
      askModel({ text: readText, top: topK, skipUnknown: v.boolean(), lane: v.optional(identifier) }),
    ),
    /** What else it would expect, had it read another text. */
    compare: call<TextComparison>()(
      askModel({ text: readText, changed: readText, top: topK, skipUnknown: v.boolean() }),
    ),
    /** One of its parameters, by PyTorch's name. */
    tensor: call<ModelTensor>()(askModel({ name: v.pipe(v.string(), v.regex(/^[a-z_.0-9]{1,64}$/)) })),
    /** (to − from, L, H) of a text that was traced; what a partial trace left out. */
    states: call<Float32Array>()(
      askModel({
        text: readText,
        skipUnknown: v.boolean(),
        quantity: v.picklist(STATE_QUANTITIES),
        from: count,
        to: count,
      }),
    ),
    /** Of the token after `at` of them; a newer question about the same model ends an older one with E_CANCELLED. */
    gradients: call<GradientReport>()(
      askModel({ text: readText, skipUnknown: v.boolean(), at: v.pipe(count, v.minValue(1)) }),
    ),
    /** Ends all gradients that are still computed, with E_CANCELLED. */
    stopGradients: call<null>()(nothing),
    /** Of one layer (from 0): each gate's block of W_hh. A newer one ends an older one with E_CANCELLED. */
    spectrum: call<readonly WeightSpectrum[]>()(askModel({ layer: v.pipe(count, v.maxValue(3)) })),
    /** Ends a spectrum that is still computed, with E_CANCELLED. */
    stopSpectrum: call<null>()(nothing),
    /** How much of a memory task's answers it gives right, on problems made for it. */
    answers: call<TaskAnswers>()(askModel(AnswersRequestSchema.entries)),
    sample: call<{ readonly prompt: string; readonly text: string }>()(
      askModel({
        prompt: text(MOST_TEXT),
        length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5000)),
        temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(10)),
        seed,
      }),
    ),
  },
  recall: {
    /** Starts a recall; its visits follow as `recall` events until the last, which carries the end. */
    start: call<RecallStart>()(RecallRequestSchema),
    /** How many visits are done where the eye is: the stream stays a few sweeps ahead of it and waits there. */
    follow: call<null>()(
      v.strictObject({
        recall: identifier,
        visit: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_VISITS)),
      }),
    ),
    stop: call<null>()(v.strictObject({ recall: identifier })),
    /** W and b of a linear rule: whole, sampled, or some rows. */
    weights: call<RecallWeights>()(WeightsRequestSchema),
    /** m between every two patterns of a set: (P, P), row-major. */
    overlaps: call<Float64Array>()(v.strictObject({ set: PatternSetSchema })),
  },
  experiments: {
    /** Answers once its run is written; what it finds follows as `experiment` events. */
    start: call<RunRow>()(v.strictObject({ request: ExperimentRequestSchema, name: text(200) })),
    /** Ends it, keeping what it found. */
    stop: call<RunRow>()(ofRun),
    show: call<KeptExperiment>()(ofRun),
  },
  patterns: {
    sets: call<readonly PatternSetInfo[]>()(nothing),
    open: call<PatternSet>()(ofSet),
    /** Keeps a set of one's own under its id (a new one is made for null) and answers its entry. */
    save: call<PatternSetInfo>()(v.strictObject({ id: v.nullable(identifier), title: text(200), set: KeptSetSchema })),
    rename: call<PatternSetInfo>()(v.strictObject({ id: identifier, title: setTitle })),
    /** A set of one's own with the same patterns, bundled ones too. */
    duplicate: call<PatternSetInfo>()(v.strictObject({ id: identifier, title: setTitle })),
    remove: call<null>()(ofSet),
    /** Puts a set back that was removed since the lab was opened, exactly as it was. */
    restore: call<PatternSetInfo>()(ofSet),
  },
  files: {
    /** Asks where to save it, and writes it there; null when the dialog was cancelled. */
    save: call<SavedFile | null>()(SaveRequestSchema),
    /** Asks for a file, and answers what it holds; null when the dialog was cancelled. */
    open: call<OpenedFile | null>()(v.strictObject({ kind: v.picklist(OPEN_KINDS) })),
    /** Asks for files of any kind the lab takes in, and tells what each is; null when the dialog was cancelled. */
    choose: call<readonly ChosenFile[] | null>()(nothing),
    /** What a chosen one holds. */
    read: call<OpenedFile>()(ofToken),
  },
  /** Runs carried away and brought in. Main asks where; null when its dialog was cancelled. */
  carry: {
    exportRuns: call<SavedFile | null>()(v.strictObject({ runs: several(1, MOST_EXPORTED), withCorpus: v.boolean() })),
    /** Bundles that were chosen. */
    importRuns: call<readonly CarriedIn[]>()(v.strictObject({ tokens: several(1, MOST_CHOSEN) })),
    saveModel: call<SavedFile | null>()(v.strictObject({ run: identifier, best: v.boolean() })),
    /** A model's file, not yet taken in. */
    chooseModel: call<ChosenModel | null>()(nothing),
    /** The same of a file that was chosen by `files.choose`. */
    lookAtModel: call<ChosenModel>()(ofToken),
    /** Takes a chosen one in as a run of its own, with the symbols it reads where the file doesn't say them (of bytes: none given). */
    takeModel: call<RunRow>()(
      v.strictObject({
        token: identifier,
        alphabet: v.nullable(v.strictObject({ tokens: v.picklist(TOKEN_KINDS), symbols: text(MOST_ALPHABET_UNITS) })),
        /** A text that it can read. */
        probe: v.nullable(text(400)),
        /** The run whose model was trained on. */
        parent: v.nullable(identifier),
      }),
    ),
    /** A folder in which PyTorch goes on with it. */
    handOff: call<SavedFile | null>()(ofRun),
    backUp: call<SavedFile | null>()(nothing),
  },
  /** The data directory as a whole. What takes long tells by `data` events how far it is. */
  data: {
    where: call<DataWhere>()(nothing),
    /** Asks for a backup and looks at it; null when the dialog was cancelled. */
    chooseBackup: call<ChosenBackup | null>()(nothing),
    /** Puts it in the place of the data, which are kept beside; then the page is loaded again. */
    restore: call<null>()(ofToken),
    /** Asks for a folder and sees whether it can take the data; null when the dialog was cancelled. */
    choosePlace: call<ChosenPlace | null>()(nothing),
    /** Copies the data there, and starts the app again on them. */
    move: call<null>()(ofToken),
    /** Ends what is unpacked or copied, with E_CANCELLED. */
    cancel: call<null>()(nothing),
    /** Removes what a move has left behind: the one at this place of `where`'s list. */
    removeOld: call<null>()(v.strictObject({ place: v.pipe(count, v.maxValue(100)) })),
    freeable: call<DiskFreeable>()(nothing),
    free: call<null>()(v.strictObject({ what: v.picklist(FREEABLE) })),
  },
  drafts: {
    /** What was drawn and not yet stored, by the name of its editor. */
    read: call<string | null>()(v.strictObject({ key: identifier })),
    write: call<null>()(v.strictObject({ key: identifier, value: v.nullable(text(1_000_000)) })),
  },
  events: {
    /** Asks for events from now on; what was not acknowledged before a reload is forgotten. */
    subscribe: call<null>()(nothing),
    acknowledge: call<null>()(v.strictObject({ sequence: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
  },
} as const

/** What the page hears. Lossless but for `snapshot` and `experiment`, of which only the newest arrives. */
export type LabEvent =
  | { readonly type: 'run'; readonly row: RunRow }
  | { readonly type: 'points'; readonly run: string; readonly points: readonly RunPoint[] }
  | { readonly type: 'snapshot'; readonly snapshot: RunSnapshot }
  | { readonly type: 'recall'; readonly batch: RecallBatch }
  | { readonly type: 'experiment'; readonly progress: ExperimentProgress }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'data'; readonly progress: DataProgress }
  | { readonly type: 'command'; readonly command: MenuCommand }
  /** The lab is about to close: write what waits, then call `app.left`. */
  | { readonly type: 'leaving' }
  /** Too much was waiting for a slow page: read everything again. */
  | { readonly type: 'resync' }

/** At most one batch is on its way to a page; the next is sent when this one is acknowledged. */
export interface EventBatch {
  readonly sequence: number
  readonly events: readonly LabEvent[]
}

/** Menu items that the page carries out. */
export const MENU_COMMANDS = [
  'room-recall',
  'room-train',
  'room-inspect',
  'room-runs',
  'room-settings',
  'new-run',
  'open-corpus',
  'undo',
  'redo',
  'stop-run',
  'import-runs',
  'back-up',
  'restore-backup',
] as const
export type MenuCommand = (typeof MENU_COMMANDS)[number]

export interface AppInfo {
  readonly version: string
  readonly platform: string
  readonly cores: number
  readonly versions: Readonly<Record<string, string>>
  /** The data directory as a person would name it, for reading only. */
  readonly dataDirectory: string
  /** The system's language, for `language: system`. */
  readonly locale: string
  readonly kernel: string
  /** Told once: a backup has just been put in the place of the data. */
  readonly restored: RestoreNews | null
}
