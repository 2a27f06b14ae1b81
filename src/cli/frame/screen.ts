/** What standard output can show. */
export interface Screen {
  /** Columns of the terminal; Infinity for a file or a pipe. */
  readonly columns: number
  /** Whether escape sequences for colours are understood and wanted (https://no-color.org). */
  readonly hasColour: boolean
}

const DEFAULT_COLUMNS = 80

export function screenOf(
  output: { readonly isTTY?: boolean; readonly columns?: number } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Screen {
  if (!output.isTTY) return { columns: Infinity, hasColour: false }
  return { columns: output.columns || DEFAULT_COLUMNS, hasColour: !env.NO_COLOR && env.TERM !== 'dumb' }
}
