/**
 * The closed set of errors a person can meet. A code travels over every border (worker, IPC, command line); its
 * sentence is written here in English for the terminal, and in the page's translations (`errors.CODE`) in every language.
 * `{name}` is replaced from the details.
 */
export const ERROR_SENTENCES = {
  E_INPUT: 'The request is not valid: {what}.',
  E_SENDER: 'The request came from a page that may not make it.',
  E_TOKEN: 'The choice of file has expired: choose the file again.',
  E_TEXT: 'The text holds half a character (a lone surrogate) at position {position}: remove it.',
  E_INTERNAL: 'Something went wrong inside the lab: {what}.',
  E_BUSY: 'Too many requests at once: try again in a moment.',

  E_FILE_MISSING: '{file}: there is no such file. Check the name.',
  E_FILE_NOT_REGULAR: '{file}: this is not a regular file. Choose a file.',
  E_FILE_UNREADABLE: '{file}: the file cannot be read ({reason}). Check its permissions.',
  E_FILE_TOO_LARGE: '{file}: {size} is more than the {limit} the lab reads. Choose a smaller file.',
  E_FILE_CHANGED: '{file}: the file changed while it was read. Try again.',
  E_FILE_EXISTS: '{file}: the file exists already. Add --force to overwrite it.',
  E_FILE_WRITE: '{file}: the file cannot be written ({reason}).',
  E_BINARY:
    '{file}: this does not look like text. If it is UTF-16 without a byte order mark, add --encoding utf-16le or utf-16be; else choose a text file, or read it with --tokens byte.',
  E_ENCODING:
    '{file}: the text cannot be decoded as {encoding} at byte {offset}. Name its encoding with --encoding utf-8, utf-16le, utf-16be or cp949.',
  E_CORPUS_TOO_SMALL:
    '{name}: {tokens} tokens are too few for batch {batch} × sequence {sequence}. It would fit batch {fitBatch} × sequence {fitSequence}.',
  E_CORPUS_ONE_SYMBOL: '{name}: the text has fewer than two different symbols, so there is nothing to predict.',
  E_NOTHING_HELD_OUT: '{name}: of {tokens} tokens nothing is held out. Choose a longer text or a larger --validation.',
  E_CORPUS_CHANGED:
    '{name}: the text is not the one this run was trained on ({expected}, now {found}). Train it as a new run.',
  E_CORPUS_GONE: '{name}: the text of run {run} is not kept here. Import the run together with its corpus.',
  E_VOCABULARY_TOO_LARGE: '{name}: {count} different symbols are more than the {limit} the lab can hold.',

  E_CONFIGURATION: '{option} must be {expected}, not {value}.',
  E_NOT_AVAILABLE: '{what} is not available yet.',
  E_MEMORY: 'This would need {needed} of memory and {available} is free. Lower {field}.',
  E_SYMBOLS_UNKNOWN: 'The model does not know these symbols: {symbols}. Leave them out, or add --skip-unknown.',
  E_TEXT_TOO_SHORT: '{name}: fewer than two tokens are left of the text, so there is nothing to predict.',
  E_TEXT_EMPTY: 'The text is empty: give at least one character.',
  E_TEXT_SHORT:
    'The text has {tokens} token(s) the model reads: give at least {least}, the last being the one predicted.',
  E_TASK_REVERSED:
    'The model reads from the end, and the task {task} asks what was before. Use one that was trained without --reverse.',
  E_NO_RECURRENCE:
    'A {cell} network hands no hidden state from step to step, so no gradient runs back through time. Choose a vanilla, LSTM or GRU model.',

  E_RUN_UNKNOWN: 'There is no run {run}.',
  E_RUN_STATE: 'Run {run} is {status}, so it cannot {action}.',
  E_RUN_BUSY: 'Run {run} is being trained by another process ({pid}).',
  E_RUN_NO_MODEL_AT: 'Run {run} keeps no model of step {step}. Choose one of those it keeps.',
  E_MODEL_UNKNOWN: 'There is no bundled model {model}. Choose one of those in the list.',
  E_TENSOR_UNKNOWN: 'This model has no parameter {name}. Choose one of its own.',
  E_RUN_NO_MODEL: 'Run {run} has no saved model yet.',
  E_STATES: 'The model has no {quantity} from step {from} to {to}, or it is too much at once.',
  E_RUN_DELETED: 'Run {run} is in the bin: restore it first.',
  E_RUN_REPEAT: 'Run {run} cannot be repeated: {reason}.',
  E_FILTER: 'The filter is wrong at character {position}: {what}.',
  E_WORKER: 'The {worker} worker stopped: {reason}.',

  E_MODEL: '{file}: this is not a model the lab can read ({reason}).',
  E_MODEL_OTHER: '{file}: a run cannot begin with this model: its {what} is {found}, and the run’s {expected}.',
  E_CHECKPOINT: '{file}: the checkpoint is damaged ({reason}).',

  E_BUNDLE: '{file}: this is not a bundle of runs the lab can read ({reason}).',
  E_BUNDLE_TOO_LARGE:
    '{file}: unpacked it would hold {size}, more than the {limit} of a bundle. Take fewer runs at once.',
  E_BACKUP: '{file}: this is not a backup the lab can read ({reason}).',
  E_FOLDER_NOT_EMPTY: '{folder}: the folder is not empty. Choose another, or add --force to write into it.',

  E_PATTERN: '{name}: {reason}.',
  E_PICTURE: '{file}: the picture is damaged or is no PNG or JPEG. Save it again in one of these.',
  E_PICTURE_SVG: '{file}: a drawing in SVG is not read. Save it as PNG.',
  E_PICTURE_ANIMATED: '{file}: this picture moves. Save one of its frames as PNG.',
  E_PICTURE_TOO_LARGE: '{file}: {width} × {height} pixels are more than {limit} a side. Make it smaller.',
  E_PATTERN_UNKNOWN: 'There is no pattern named {name}. There are: {names}.',
  E_PATTERN_SET_UNKNOWN: 'There is no such pattern set any more ({id}): choose another.',
  E_PATTERN_SET_BUNDLED: 'The set {id} comes with the lab and stays as it is: duplicate it and change the copy.',
  E_PATTERNS_EQUAL: 'The patterns {first} and {second} are equal (or each other’s inverse): store one of them.',
  E_PATTERNS_DEPENDENT:
    'Pattern {name} depends linearly on the others, so the pseudo-inverse does not exist: leave it out.',
  E_NETWORK_TOO_LARGE:
    '{neurons} neurons are more than the {limit} the {rule} rule can hold. Use a smaller grid or another rule.',
  E_CANCELLED: 'It was stopped before its end.',
  E_RECALL_UNKNOWN: 'This recall has ended: start it again.',

  E_PEER: 'The comparison with {peer} failed: {reason}.',

  E_DATABASE_NEWER:
    'This data was written by a newer Engram Lab (format {found}, this one knows {known}). Open it with the newer version.',
  E_DATABASE_CORRUPT: 'The database is damaged: {reason}.',
  E_DATABASE_LOCKED: 'The database is in use by another program and did not become free. Close it and try again.',
  E_DATA_IN_USE: '{directory}: another process uses this data. Close the app and other commands, and try again.',
  E_DATA_PRESENT: '{directory}: this data directory holds {runs} runs. Add --force to put the backup in their place.',
  E_DISK_FULL: 'The disk is full: free some space and go on.',
  E_DATA_DIRECTORY: '{directory}: this folder cannot be used for the lab’s data ({reason}).',
  E_NODE_VERSION: 'Node {found} is too old for the database: use {needed} or newer.',
} as const

export type ErrorCode = keyof typeof ERROR_SENTENCES
export type ErrorDetails = Record<string, string | number>

/** What crosses a border in place of an exception: no stack, no path beyond a base name. */
export interface ErrorReport {
  readonly code: ErrorCode
  readonly message: string
  readonly details: ErrorDetails
}

/** Fills the English sentence of a code. A missing detail leaves its name visible, so that a test finds it. */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): string {
  return ERROR_SENTENCES[code].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name]
    return value === undefined ? whole : String(value)
  })
}

/** An error that is told to a person: a code of the closed set and what fills its sentence. */
export class LabError extends Error {
  override readonly name = 'LabError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(describeError(code, details), options)
    this.code = code
    this.details = details
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_SENTENCES, value)
}

/** Turns anything thrown into a report. What is no LabError becomes E_INTERNAL; its text is for the log, not the page. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof LabError) return { code: error.code, message: error.message, details: error.details }
  const details = { what: error instanceof Error ? error.name : typeof error }
  return { code: 'E_INTERNAL', message: describeError('E_INTERNAL', details), details }
}

export function errorFromReport(report: ErrorReport): LabError {
  return new LabError(report.code, report.details)
}
