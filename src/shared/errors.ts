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
  E_CORPUS_TOO_SMALL_FOR_ANY: '{name}: {tokens} token(s) are too few for any batch and sequence. Choose a longer text.',
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
  E_FILTER_LONG: 'The filter is longer than {most} characters: take a part out.',
  E_FILTER_UNEXPECTED: 'The filter is wrong at character {position}: “{text}” is not expected here.',
  E_FILTER_DEEP: 'The filter is wrong at character {position}: its brackets and negations go too deep. Take some out.',
  E_FILTER_EMPTY: 'The filter is wrong at character {position}: a text to look for is empty.',
  E_FILTER_END: 'The filter is wrong at character {position}: a condition is missing at the end.',
  E_FILTER_CONDITION: 'The filter is wrong at character {position}: a condition is missing before “{text}”.',
  E_FILTER_OPERATOR:
    'The filter is wrong at character {position}: {operator} must follow the name of a field, without a space between.',
  E_FILTER_BRACKETS: 'The filter is wrong at character {position}: the brackets are empty.',
  E_FILTER_UNCLOSED: 'The filter is wrong at character {position}: this bracket is not closed.',
  E_FILTER_QUOTE: 'The filter is wrong at character {position}: this quotation mark is not closed.',
  E_FILTER_FIELD: 'The filter is wrong at character {position}: there is no field {field}. Fields: {fields}.',
  E_FILTER_NO_VALUE: 'The filter is wrong at character {position}: {field} needs a value after {operator}.',
  E_FILTER_SPACE: 'The filter is wrong at character {position}: no space may stand after {field}{operator}.',
  E_FILTER_ORDER: 'The filter is wrong at character {position}: {field} has no order. Use {field}:{text}.',
  E_FILTER_VALUE:
    'The filter is wrong at character {position}: {field} is compared with a value, and there is none in the quotation marks.',
  E_FILTER_NUMBER: 'The filter is wrong at character {position}: {field} is compared with a number, not “{text}”.',
  E_FILTER_WORD: 'The filter is wrong at character {position}: {field} is compared with one of {words}, not “{text}”.',
  E_FILTER_SWITCH: 'The filter is wrong at character {position}: {field} is compared with yes or no, not “{text}”.',
  E_FILTER_DATE:
    'The filter is wrong at character {position}: {field} is compared with a day such as 2026-11-24, not “{text}”.',
  E_WORKER: 'The {worker} worker stopped: {reason}.',

  E_MODEL: '{file}: this is not a model the lab can read ({reason}).',
  E_MODEL_ALPHABET:
    '{file}: the file does not say which {symbols} symbols its rows stand for. Import it with runs import --model and --alphabet SYMBOLS in that order, or --alphabet-of FILE of the text it learnt.',
  E_ALPHABET_SIZE: '{file}: the alphabet has {given} symbols, and the model needs {symbols}.',
  E_ALPHABET_TWICE: '{file}: the alphabet has {symbol} twice. Each symbol stands for one row.',
  E_ALPHABET_NEEDLESS: '{file}: the file itself says which symbols it reads. Leave the alphabet out.',
  E_MODEL_OTHER: '{file}: a run cannot begin with this model: its {what} is {found}, and the run’s {expected}.',
  E_CHECKPOINT: '{file}: the checkpoint is damaged ({reason}).',

  E_ZIP:
    '{file}: this is not a bundle or a backup of the lab, or it is cut short. Choose another file, or copy it anew.',
  E_ZIP_ENTRY: '{file}: {entry} in it is damaged. Copy the file anew.',
  E_ZIP_PATH: '{file}: {entry} in it has a name that may lead out of its folder. Choose a file that the lab wrote.',
  E_ZIP_TWICE: '{file}: it holds {entry} twice. Choose a file that the lab wrote.',
  E_ZIP_ENCRYPTED: '{file}: it is encrypted. Choose a file that the lab wrote.',
  E_ZIP_METHOD: '{file}: {entry} in it is compressed in a way the lab does not know. Choose a file that the lab wrote.',
  E_ZIP_OVERLAP:
    '{file}: it claims to unpack to more than a file of its size can hold. Choose a file that the lab wrote.',
  E_ZIP_MANY: '{file}: it holds more than {most} entries. Choose a file that the lab wrote.',
  E_ZIP_LONG: '{file}: {entry} in it is larger than {limit}. Choose a file that the lab wrote.',
  E_BUNDLE_EMPTY: '{file}: there is no run in it. Choose a bundle of runs.',
  E_BUNDLE_MISSING: '{file}: {entry} is missing in it. Export the runs anew.',
  E_BUNDLE_NEWER:
    '{file}: {entry} in it was written by a newer Engram Lab (format {found}, this one knows {known}). Import it with the newer version.',
  E_BUNDLE_RECORD: '{file}: {entry} in it does not describe a run. Export the runs anew.',
  E_BUNDLE_FIELD: '{file}: “{field}” of {entry} in it is missing or wrong. Export the runs anew.',
  E_BUNDLE_RUN: '{file}: {entry} in it describes another run ({found}). Export the runs anew.',
  E_BUNDLE_POINTS: '{file}: {entry} in it is no text in UTF-8. Export the runs anew.',
  E_BUNDLE_POINTS_HEADER: '{file}: {entry} in it does not begin with the line “{header}”. Export the runs anew.',
  E_BUNDLE_POINTS_LINE:
    '{file}: line {line} of {entry} in it has {found} values where {needed} are needed. Export the runs anew.',
  E_BUNDLE_POINTS_VALUE:
    '{file}: line {line} of {entry} in it has {value} for {column}, which cannot be. Export the runs anew.',
  E_BUNDLE_POINTS_ORDER:
    '{file}: line {line} of {entry} in it has step {step} after {before}; steps only grow. Export the runs anew.',
  E_BUNDLE_TEXT: '{file}: {entry} in it is not the text that its name says. Export the runs anew.',
  E_BUNDLE_MODEL: '{file}: {entry} in it is not a model the lab can read. Export the runs anew.',
  E_BUNDLE_DIGEST: '{file}: {entry} in it is not the model that its run describes. Export the runs anew.',
  E_BUNDLE_STATE: '{file}: the checkpoint {entry} in it is damaged. Export the runs anew.',
  E_BUNDLE_STEP: '{file}: {entry} in it is of step {found}, and its run says {step}. Export the runs anew.',
  E_BUNDLE_TOO_LARGE:
    '{file}: unpacked it would hold {size}, more than the {limit} of a bundle. Take fewer runs at once.',
  E_BACKUP_MISSING: '{file}: {entry} is missing in it. Choose a whole backup of the lab.',
  E_BACKUP_ABOUT: '{file}: its backup.json is not that of a backup. Choose a backup of the lab.',
  E_BACKUP_STRANGER: '{file}: it holds {entry}, which is no part of the data. Choose a backup of the lab.',
  E_BACKUP_EMPTY: '{file}: its database is empty. Choose another backup.',
  E_BACKUP_DATABASE: '{file}: its database is damaged. Choose another backup.',
  E_FOLDER_NOT_EMPTY: '{folder}: the folder is not empty. Choose another, or add --force to write into it.',

  E_PATTERN: '{name}: {reason}.',
  E_PATTERN_EMPTY: '{name}: there is no pattern in it. Write rows of # (+1) and . (−1).',
  E_PATTERN_CELL:
    '{name}: line {line} holds “{cell}”; a cell is one of #, 1, +, ■ for +1 or ., 0, -, □ for −1. Write it as one of these.',
  E_PATTERN_RAGGED: '{name}: row {row} has {count} cells, the first has {width}. Make all rows equally long.',
  E_PATTERN_NAME_TWICE: '{file}: two patterns are named {name}. Give each a name of its own.',
  E_PATTERN_SIZE:
    '{name}: it is {width} × {height}, where {wantedWidth} × {wantedHeight} is needed. Bring it to that size.',
  E_PATTERN_SIDES: '{name}: {width} × {height} cells; a side has {least} to {most}. Bring it to such a size.',
  E_PATTERN_TOO_LARGE: '{name}: {count} cells are more than {limit}. Make it smaller.',
  E_PATTERN_JSON:
    '{name}: {what} is missing or wrong. JSON holds "width", "height" and "patterns" of "name" and "rows", or "values".',
  E_PATTERN_VALUES: '{name}: a cue in JSON holds rows of finite "values", all rows equally long. Correct them.',
  E_PATTERN_FORMAT: '{name}: it is no text in UTF-8 and no PNG or JPEG. Save it as one of these.',
  E_PATTERN_PLANE: '{second} is the inverse of {first}, and a pattern and its inverse span no plane: name a third.',
  E_PATTERNS_NONE: 'No pattern is stored: store at least one pattern.',
  E_PATTERNS_TOO_MANY: '{count} patterns are more than {limit}: leave some out.',
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
    '{neurons} neurons are more than the {limit} that the {rule} rule can hold with {patterns} patterns. Use a smaller grid, fewer patterns or another rule.',
  E_CANCELLED: 'It was stopped before its end.',
  E_RECALL_UNKNOWN: 'This recall has ended: start it again.',

  E_PEER: 'The comparison with {peer} failed: {reason}.',

  E_DATABASE_NEWER:
    'This data was written by a newer Engram Lab (format {found}, this one knows {known}). Open it with the newer version.',
  E_DATABASE_CORRUPT: 'The database is damaged: {reason}.',
  E_DATABASE_LOCKED: 'The database is in use by another program and did not become free. Close it and try again.',
  E_DATA_IN_USE: '{directory}: another process uses this data. Close the app and other commands, and try again.',
  E_DATA_PRESENT: '{directory}: this data directory holds {runs} runs. Add --force to put the backup in their place.',
  E_DATA_BUSY: 'A run goes on ({name}). Stop it, or let it end, and try again.',
  E_DATA_GIVEN:
    'The data directory was named when the lab was started. Start it with another --data-dir or ENGRAM_DATA_DIR.',
  E_DATA_POINTER:
    '{file}: this file tells where the data was moved to, and it cannot be read ({reason}). Mend it, or remove it to begin in the usual folder.',
  E_DATA_MOVED:
    '{directory}: the data was moved here, and there is no such folder now. Connect its disk, or remove {file} to begin in the usual folder.',
  E_TARGET_NOT_EMPTY: '{folder}: the folder is not empty. Choose a new or an empty one.',
  E_TARGET_INSIDE: '{folder}: this folder and that of the data lie one inside the other. Choose one beside it.',
  E_NO_ROOM: '{folder}: {needed} is needed here and {free} is free. Free some space, or choose another disk.',
  E_COPY: '{file}: the copy differs from what was copied. Nothing was changed; choose another disk.',
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

/** Puts details in the place of their names. A missing detail leaves its name visible, so that a test finds it. */
export function fillSentence(sentence: string, details: ErrorDetails): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name]
    return value === undefined ? whole : String(value)
  })
}

/** The English sentence of a code. */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): string {
  return fillSentence(ERROR_SENTENCES[code], details)
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
