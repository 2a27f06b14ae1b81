/** States of a text that are too many for one answer, asked for piece by piece so that nobody is held up by them. */
import type { StateQuantity, Trace } from '../../../shared'
import { LabError, MOST_STATES_AT_ONCE } from '../../../shared'
import { lab } from '../../bridge/lab'
import type { ViewSubject } from './view-subject'

export type StatePieceVisitor = (values: Float32Array, from: number, to: number) => void

/** How many steps are asked for at once. */
export function stepsAtOnce({ layers, hidden }: Pick<Trace['model'], 'layers' | 'hidden'>): number {
  return Math.max(1, Math.floor(MOST_STATES_AT_ONCE / (layers * hidden)))
}

/** What a trace itself holds of a quantity, (T, L, H); null: it is to be asked for, or the cell hasn't it. */
export function statesInTrace({ hidden, cell, gates, partial }: Trace, quantity: StateQuantity): Float32Array | null {
  if (quantity === 'hidden') return hidden.length > 0 ? hidden : null
  if (partial) return null
  return quantity === 'cell' ? cell : (gates[quantity] ?? null)
}

/**
 * Visits (to − from, L, H) of a quantity from the first step to the last.
 * @throws LabError E_CANCELLED when `isOver` says so between two pieces
 */
export async function eachStatePiece(
  { trace, model, text, skipUnknown }: ViewSubject,
  quantity: StateQuantity,
  visit: StatePieceVisitor,
  isOver: () => boolean = () => false,
): Promise<void> {
  const T = trace.tokens.length
  const known = statesInTrace(trace, quantity)
  if (known) return visit(known, 0, T)
  const most = stepsAtOnce(trace.model)
  for (let from = 0; from < T; from += most) {
    const to = Math.min(T, from + most)
    const values = await lab.inspect.states({ ...model, text, skipUnknown, quantity, from, to })
    if (isOver()) throw new LabError('E_CANCELLED')
    visit(values, from, to)
  }
}

/** (T, L, H) of a quantity. */
export async function readStates(
  subject: ViewSubject,
  quantity: StateQuantity,
  isOver?: () => boolean,
): Promise<Float32Array> {
  const { tokens, model } = subject.trace
  const known = statesInTrace(subject.trace, quantity)
  if (known) return known
  const step = model.layers * model.hidden
  const whole = new Float32Array(tokens.length * step)
  await eachStatePiece(subject, quantity, (values, from) => whole.set(values, from * step), isOver)
  return whole
}

/** A trace whose hidden states are all there, whatever the text's length; cell and gates are still asked for by a view. */
export async function completeHidden(subject: ViewSubject, isOver?: () => boolean): Promise<Trace> {
  const { trace } = subject
  if (!trace.partial) return trace
  return { ...trace, hidden: await readStates(subject, 'hidden', isOver) }
}
