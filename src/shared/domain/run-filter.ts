/**
 * The language in which runs are looked for: `cell:lstm hidden>=128 -status:crashed (corpus:a OR corpus:b) "night run"`.
 *
 *   alternatives = conditions { OR conditions }
 *   conditions   = condition { [AND] condition }
 *   condition    = ( - | NOT ) condition | ( alternatives ) | field operator value | value
 *   operator     = : | = | != | < | <= | > | >=
 *   value        = a word | "text, in which \" and \\ stand for themselves"
 *
 * A value alone is looked for in name, corpus, note, tags and identifier. `field:none` finds what has nothing there.
 */
import { LabError } from '../errors'
import type { ErrorCode, ErrorDetails } from '../errors'
import { FILTER_FIELDS, FILTER_WORDS, filterField } from './run-filter-fields'
import type { FilterWord } from './run-filter-fields'

export const FILTER_OPERATORS = [':', '=', '!=', '<', '<=', '>', '>='] as const
export type FilterOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** null: nothing is there. Dates are milliseconds: the first of the day or minute, and the first after it. */
export type FilterValue = string | number | boolean | null | { readonly from: number; readonly until: number }

export type RunFilter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly RunFilter[] }
  | { readonly kind: 'not'; readonly part: RunFilter }
  | { readonly kind: 'anywhere'; readonly text: string }
  | {
      readonly kind: 'field'
      readonly field: string
      readonly operator: FilterOperator
      readonly value: FilterValue
    }

/** Of a filter, in UTF-16 units. */
export const LONGEST_FILTER = 2000
const DEEPEST = 32

interface Token {
  readonly type: 'open' | 'close' | 'minus' | 'value' | 'operator' | 'end'
  readonly text: string
  readonly quoted: boolean
  /** Of its first character, from 0; and of the first after it. */
  readonly at: number
  readonly until: number
}

/** An empty filter finds everything. @throws LabError E_FILTER_… with the position, from 1, and what is known there */
export function parseRunFilter(source: string): RunFilter {
  if (source.length > LONGEST_FILTER) throw failure(source, LONGEST_FILTER, 'E_FILTER_LONG', { most: LONGEST_FILTER })
  return new Parser(source).whole()
}

type FilterFailure = Extract<ErrorCode, `E_FILTER_${string}`>

function failure(source: string, at: number, code: FilterFailure, details: ErrorDetails = {}): LabError {
  return new LabError(code, { position: [...source.slice(0, at)].length + 1, ...details })
}

class Parser {
  readonly #source: string
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = readTokens(source)
  }

  whole(): RunFilter {
    if (this.#peek().type === 'end') return { kind: 'and', parts: [] }
    const filter = this.#alternatives()
    const rest = this.#peek()
    if (rest.type !== 'end') throw this.#failure(rest, 'E_FILTER_UNEXPECTED', { text: rest.text })
    return filter
  }

  #peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]
  }

  #take(): Token {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  #failure({ at }: Token, code: FilterFailure, details: ErrorDetails = {}): LabError {
    return failure(this.#source, at, code, details)
  }

  /** A word of the language: in capitals and not quoted, and no field's name. */
  #isWord(word: 'AND' | 'OR' | 'NOT'): boolean {
    const token = this.#peek()
    return token.type === 'value' && !token.quoted && token.text === word && !this.#isField()
  }

  #isField(): boolean {
    const following = this.#peek(1)
    return following.type === 'operator' && following.at === this.#peek().until
  }

  #alternatives(): RunFilter {
    const parts = [this.#conditions()]
    while (this.#isWord('OR')) {
      this.#take()
      parts.push(this.#conditions())
    }
    return parts.length === 1 ? parts[0] : { kind: 'or', parts }
  }

  #conditions(): RunFilter {
    const parts = [this.#condition()]
    for (;;) {
      if (this.#isWord('AND')) this.#take()
      else if (this.#isWord('OR') || ['end', 'close'].includes(this.#peek().type)) break
      parts.push(this.#condition())
    }
    return parts.length === 1 ? parts[0] : { kind: 'and', parts }
  }

  #condition(): RunFilter {
    if (++this.#depth > DEEPEST) throw this.#failure(this.#peek(), 'E_FILTER_DEEP')
    try {
      return this.#deeper()
    } finally {
      this.#depth -= 1
    }
  }

  #deeper(): RunFilter {
    if (this.#peek().type === 'minus' || this.#isWord('NOT')) {
      this.#take()
      return { kind: 'not', part: this.#condition() }
    }
    const token = this.#peek()
    if (token.type === 'open') return this.#bracket()
    if (token.type !== 'value' || this.#isWord('AND') || this.#isWord('OR')) throw this.#missing(token)
    if (this.#isField()) return this.#comparison()
    this.#take()
    if (token.text === '') throw this.#failure(token, 'E_FILTER_EMPTY')
    return { kind: 'anywhere', text: token.text }
  }

  #missing(token: Token): LabError {
    if (token.type === 'end') return this.#failure(token, 'E_FILTER_END')
    if (token.type === 'operator') return this.#failure(token, 'E_FILTER_OPERATOR', { operator: token.text })
    return this.#failure(token, 'E_FILTER_CONDITION', { text: token.text })
  }

  #bracket(): RunFilter {
    const open = this.#take()
    if (this.#peek().type === 'close') throw this.#failure(open, 'E_FILTER_BRACKETS')
    const inner = this.#alternatives()
    if (this.#take().type !== 'close') throw this.#failure(open, 'E_FILTER_UNCLOSED')
    return inner
  }

  #comparison(): RunFilter {
    const name = this.#take()
    const sign = this.#take()
    const field = name.quoted ? null : filterField(name.text)
    if (field === null) {
      const fields = [...FILTER_FIELDS.keys()].join(', ')
      throw this.#failure(name, 'E_FILTER_FIELD', { field: name.text, fields })
    }
    const value = this.#peek()
    // A minus before a number belongs to it.
    const sense = value.type === 'minus' && this.#peek(1).type === 'value' && this.#peek(1).at === value.until
    if (value.type !== 'value' && !sense)
      throw this.#failure(value, 'E_FILTER_NO_VALUE', { field, operator: sign.text })
    if (value.at !== sign.until) throw this.#failure(value, 'E_FILTER_SPACE', { field, operator: sign.text })
    if (sense) this.#take()
    const { text, quoted } = this.#take()
    const operator = sign.text === ':' ? '=' : (sign.text as FilterOperator)
    return this.#fieldOf(field, operator, { ...value, text: sense ? `-${text}` : text, quoted })
  }

  #fieldOf(field: string, operator: FilterOperator, value: Token): RunFilter {
    const refuse: Refuse = (code, details = {}) => this.#failure(value, code, { field, text: value.text, ...details })
    const kind = FILTER_FIELDS.get(field)
    const isOrder = operator !== '=' && operator !== '!='
    if (isOrder && kind !== 'number' && kind !== 'date') {
      throw this.#failure(value, 'E_FILTER_ORDER', { field, text: value.text })
    }
    if (!value.quoted && value.text === 'none' && !isOrder) return { kind: 'field', field, operator, value: null }
    return { kind: 'field', field, operator, value: readValue(field, kind, value.text, refuse) }
  }
}

type Refuse = (code: FilterFailure, details?: ErrorDetails) => LabError

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function readValue(
  field: string,
  kind: ReturnType<typeof FILTER_FIELDS.get>,
  text: string,
  refuse: Refuse,
): FilterValue {
  if (text === '') throw refuse('E_FILTER_VALUE')
  if (kind === 'number') {
    const value = NUMBER.test(text) ? Number(text) : Number.NaN
    if (!Number.isFinite(value)) throw refuse('E_FILTER_NUMBER')
    return value
  }
  if (kind === 'word') {
    const words: readonly string[] = FILTER_WORDS[field as FilterWord]
    const word = words.find((candidate) => candidate === text.toLowerCase())
    if (word === undefined) throw refuse('E_FILTER_WORD', { words: words.join(', ') })
    return word
  }
  if (kind === 'switch') {
    const isOn = text.toLowerCase() === 'yes'
    if (!isOn && text.toLowerCase() !== 'no') throw refuse('E_FILTER_SWITCH')
    return isOn
  }
  if (kind === 'date') {
    const range = readDate(text)
    if (range === null) throw refuse('E_FILTER_DATE')
    return range
  }
  return text
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/

/** A day, or a minute of one, in local time. */
function readDate(text: string): { from: number; until: number } | null {
  const found = DATE.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute] = found.slice(1).map((part) => (part === undefined ? null : Number(part)))
  const at = (days: number, minutes: number): Date => {
    const date = new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + days, hour ?? 0, (minute ?? 0) + minutes)
    // It takes a year below 100 for one of the last century.
    if (year !== null && year < 100) date.setFullYear(date.getFullYear() - 1900)
    return date
  }
  const begin = at(0, 0)
  const isReal = begin.getMonth() === (month ?? 1) - 1 && begin.getDate() === day && (minute ?? 0) < 60
  if (!isReal) return null
  return { from: begin.getTime(), until: (hour === null ? at(1, 0) : at(0, 1)).getTime() }
}

const OPERATOR = /^(?:!=|<=|>=|[:=<>])/
const SPACE = /\s/u

/** The last is always the end. */
function readTokens(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  const push = (type: Token['type'], text: string, length: number, quoted = false): void => {
    tokens.push({ type, text, quoted, at, until: at + length })
    at += length
  }
  while (at < source.length) {
    const character = source[at]
    const operator = OPERATOR.exec(source.slice(at, at + 2))?.[0]
    if (SPACE.test(character)) at += 1
    else if (character === '(') push('open', '(', 1)
    else if (character === ')') push('close', ')', 1)
    else if (character === '-' && !isInsideWord(tokens, at)) push('minus', '-', 1)
    else if (operator !== undefined) push('operator', operator, operator.length)
    else if (character === '"') {
      const { text, length } = readQuoted(source, at)
      push('value', text, length, true)
    } else {
      const length = wordLength(source, at, tokens[tokens.length - 1]?.type === 'operator')
      push('value', source.slice(at, at + length), length)
    }
  }
  push('end', '', 0)
  return tokens
}

/** Directly behind a value, a minus is no negation; a word takes its own along, so only quotes come here. */
function isInsideWord(tokens: readonly Token[], at: number): boolean {
  const last = tokens[tokens.length - 1]
  return last !== undefined && last.type === 'value' && last.until === at
}

function readQuoted(source: string, at: number): { text: string; length: number } {
  let text = ''
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '"') return { text, length: i + 1 - at }
    if (source[i] === '\\' && (source[i + 1] === '"' || source[i + 1] === '\\')) i += 1
    text += source[i]
  }
  throw failure(source, at, 'E_FILTER_QUOTE')
}

/** A word ends at a space, a bracket, a quotation mark or an operator; a value may hold colons (a time does). */
function wordLength(source: string, at: number, isValue: boolean): number {
  let end = at
  while (end < source.length) {
    const character = source[end]
    if (SPACE.test(character) || '()"'.includes(character)) break
    const operator = OPERATOR.exec(source.slice(end, end + 2))?.[0]
    if (operator !== undefined && !(isValue && operator === ':')) break
    end += 1
  }
  return Math.max(1, end - at)
}
