/** What can follow in a filter where the caret stands: a field, an operator, a value. */
import { FILTER_FIELDS, FILTER_WORDS, filterField } from '../../../../shared'
import type { FilterWord } from '../../../../shared'

export interface Completion {
  /** What it puts in the place of `from`…`to`. */
  readonly text: string
  readonly kind: 'field' | 'operator' | 'value'
}

export interface Completions {
  readonly from: number
  readonly to: number
  readonly options: readonly Completion[]
}

/** Values a person has used: tags, texts. */
export interface KnownValues {
  readonly tag: readonly string[]
  readonly corpus: readonly string[]
}

const MOST = 10
const OPERATOR = /^(\w+)(!=|<=|>=|[:=<>])(.*)$/su
const NOTHING: Completions = { from: 0, to: 0, options: [] }

export function completeFilter(source: string, caret: number, known: KnownValues): Completions {
  if (caret > source.length) return NOTHING
  const before = source.slice(0, caret)
  if ((before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return NOTHING
  const word = /[^\s()]*$/u.exec(before)?.[0] ?? ''
  const bare = word.replace(/^-+/, '')
  const from = caret - bare.length
  const compared = OPERATOR.exec(bare)
  if (compared) return completeValue(compared[1], compared[3], caret, known)
  const field = filterField(bare)
  if (field !== null) return { from: caret, to: caret, options: operatorsOf(field) }
  const wanted = bare.toLowerCase()
  const names = [...FILTER_FIELDS.keys()]
  const starting = names.filter((name) => name.toLowerCase().startsWith(wanted))
  const holding = wanted === '' ? [] : names.filter((name) => name.toLowerCase().includes(wanted))
  const options = [...new Set([...starting, ...holding])].slice(0, MOST)
  return {
    from,
    to: caret,
    options: options.map((name) => ({ text: `${name}${hasOrder(name) ? '' : ':'}`, kind: 'field' })),
  }
}

const hasOrder = (field: string): boolean => ['number', 'date'].includes(FILTER_FIELDS.get(field) ?? '')

function operatorsOf(field: string): readonly Completion[] {
  const signs = hasOrder(field) ? [':', '<', '<=', '>', '>=', '!='] : [':', '!=']
  return signs.map((text) => ({ text, kind: 'operator' }))
}

function completeValue(name: string, typed: string, caret: number, known: KnownValues): Completions {
  const field = filterField(name)
  if (field === null) return NOTHING
  const wanted = typed.normalize('NFC').toLowerCase()
  const options = valuesOf(field, known)
    .filter((value) => value.normalize('NFC').toLowerCase().includes(wanted) && value.toLowerCase() !== wanted)
    .slice(0, MOST)
  return {
    from: caret - typed.length,
    to: caret,
    options: options.map((value) => ({ text: quoted(value), kind: 'value' })),
  }
}

function valuesOf(field: string, known: KnownValues): readonly string[] {
  if (field in FILTER_WORDS) return FILTER_WORDS[field as FilterWord]
  if (FILTER_FIELDS.get(field) === 'switch') return ['yes', 'no']
  if (field === 'tag') return [...known.tag, 'none']
  if (field === 'corpus') return [...known.corpus, 'none']
  return ['none']
}

/** As a filter holds it. */
export function quoted(value: string): string {
  return /[\s()":=<>!]|^-/u.test(value) || value === '' ? `"${value.replace(/["\\]/g, (mark) => `\\${mark}`)}"` : value
}

/** The words of a filter, quoted texts whole. */
const WORDS = /(?:[^\s"]|"(?:[^"\\]|\\.)*")+/gu

export function hasClause(filter: string, clause: string): boolean {
  const words: readonly string[] = filter.match(WORDS) ?? []
  return words.includes(clause)
}

/** A chip puts its clause behind what is there, or takes it out. */
export function toggleClause(filter: string, clause: string): string {
  const words: readonly string[] = filter.match(WORDS) ?? []
  return (words.includes(clause) ? words.filter((word) => word !== clause) : [...words, clause]).join(' ')
}
