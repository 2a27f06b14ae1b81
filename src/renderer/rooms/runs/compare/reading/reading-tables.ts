/** What the compared runs made of a text, as tables: a row a run and time step, and a row a lag. */
import type { GradientReport, RunId, Trace } from '../../../../../shared'
import type { TableRequest } from '../../../../saving/use-saving'

export interface NamedTrace {
  readonly run: RunId
  readonly name: string
  readonly trace: Trace
}

/** The hidden state of the top layer, a column a unit; a smaller network leaves the last columns empty. */
export function statesTable(read: readonly NamedTrace[]): TableRequest {
  const units = Math.max(0, ...read.map(({ trace }) => trace.model.hidden))
  function* rows(): Generator<readonly (string | number | null)[]> {
    for (const { run, name, trace } of read) {
      const { layers, hidden } = trace.model
      for (let t = 0; t < trace.tokens.length; t++) {
        const from = (t * layers + layers - 1) * hidden
        const state = Array.from({ length: units }, (_, unit) => (unit < hidden ? trace.hidden[from + unit] : null))
        yield [run, name, t + 1, trace.tokens[t], ...state]
      }
    }
  }
  const header = ['run', 'name', 'step', 'token', ...Array.from({ length: units }, (_, unit) => `unit ${unit + 1}`)]
  return { header, rows: rows() }
}

export interface NamedGradients {
  readonly run: RunId
  readonly gradients: GradientReport
}

/** ‖∂L/∂h‖ of the top layer. */
export const topNorms = ({ total }: GradientReport): Float64Array => total[total.length - 1]

export function gradientsTable(measured: readonly NamedGradients[]): TableRequest {
  const columns = measured.map(({ gradients }) => topNorms(gradients))
  const longest = Math.max(0, ...columns.map(({ length }) => length))
  return {
    header: ['lag', ...measured.map(({ run }) => run)],
    rows: Array.from({ length: longest }, (_, lag) => [lag, ...columns.map((norms) => norms[lag] ?? null)]),
  }
}
