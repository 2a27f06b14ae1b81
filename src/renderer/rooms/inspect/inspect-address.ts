/**
 * Where one stands in the Inspect room, as an address: `#/inspect?run=…&at=…&view=…&text=…&step=…&layer=…` (`model=` for one
 * that comes with the lab), and behind them what the view itself remembers (`VIEW_FIELDS`). It restores the room, and a
 * lesson or a note can link to it.
 */
import { MOST_TEXT } from '../../../shared'

export const INSPECT_VIEWS = ['reading', 'hidden', 'expectation', 'unrolled', 'gradient', 'window'] as const
export type InspectView = (typeof INSPECT_VIEWS)[number]

/** What each view remembers besides, in words of its own. */
export const VIEW_FIELDS = {
  reading: ['show', 'order'],
  hidden: ['show', 'order', 'unit', 'tool', 'stretch', 'threshold', 'follow', 'zoom'],
  expectation: ['instead'],
  unrolled: ['unrolled', 'lit'],
  gradient: ['draw', 'beside'],
  window: ['histories', 'other'],
} as const satisfies Readonly<Record<InspectView, readonly string[]>>
export type ViewField = (typeof VIEW_FIELDS)[InspectView][number]
export type ViewFields = Readonly<Partial<Record<ViewField, string>>>
/** Those that are about places of the text: another text has others. */
export const TEXT_FIELDS: readonly ViewField[] = ['stretch', 'instead', 'unrolled', 'histories']
/** Three histories of 2,000 characters are the longest. */
const MOST_FIELD = 6002

export interface InspectAddress {
  readonly run: string | null
  /** Of the lab's own models; then `run` is null. */
  readonly model: string | null
  /** The step of the run's kept model; null: the newest. */
  readonly checkpoint: number | null
  readonly view: InspectView
  readonly text: string
  /** From 0; counted from 1 in the address. */
  readonly step: number
  /** From 0; counted from 1 in the address. */
  readonly layer: number
  /** Of the view in sight; what isn't there stands at its beginning. */
  readonly fields: ViewFields
}

const START = '#/inspect?'
const IDENTIFIER = /^[\w-]{1,64}$/

export function printAddress({ run, model, checkpoint, view, text, step, layer, fields: own }: InspectAddress): string {
  const fields = new URLSearchParams()
  if (model !== null) fields.set('model', model)
  else if (run !== null) fields.set('run', run)
  if (checkpoint !== null) fields.set('at', String(checkpoint))
  fields.set('view', view)
  fields.set('text', text)
  fields.set('step', String(step + 1))
  fields.set('layer', String(layer + 1))
  for (const name of VIEW_FIELDS[view] as readonly ViewField[]) {
    const value = own[name]
    if (value !== undefined) fields.set(name, value)
  }
  return START + fields.toString()
}

function wholeFrom(text: string | null, least: number): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Math.max(least, Number(text)) : null
}

function identifierFrom(text: string | null): string | null {
  return text !== null && IDENTIFIER.test(text) ? text : null
}

function fieldsFrom(given: URLSearchParams, view: InspectView): ViewFields {
  const fields: Partial<Record<ViewField, string>> = {}
  for (const name of VIEW_FIELDS[view]) {
    const value = given.get(name)
    if (value !== null && value !== '' && value.length <= MOST_FIELD) fields[name] = value
  }
  return fields
}

/** What isn't understood stands at its beginning; null for another room's address, or one that names no model. */
export function parseAddress(address: string): InspectAddress | null {
  if (!address.startsWith(START)) return null
  const fields = new URLSearchParams(address.slice(START.length))
  const model = identifierFrom(fields.get('model'))
  const run = model === null ? identifierFrom(fields.get('run')) : null
  if (model === null && run === null) return null
  const view = INSPECT_VIEWS.find((known) => known === fields.get('view')) ?? 'reading'
  return {
    run,
    model,
    checkpoint: run === null ? null : wholeFrom(fields.get('at'), 0),
    view,
    text: (fields.get('text') ?? '').slice(0, MOST_TEXT),
    step: (wholeFrom(fields.get('step'), 1) ?? 1) - 1,
    layer: (wholeFrom(fields.get('layer'), 1) ?? 1) - 1,
    fields: fieldsFrom(fields, view),
  }
}
