/** The network that a setting describes. */
import type { ModelShape } from '../../../../engine'
import type { RunConfiguration } from '../../../../shared'

export function shapeOf(
  {
    cell,
    window,
    layers,
    hidden,
    embedding,
  }: Pick<RunConfiguration, 'cell' | 'window' | 'layers' | 'hidden' | 'embedding'>,
  vocabulary: number,
): ModelShape {
  const sizes = { layers, hidden, embedding, vocabulary }
  return cell === 'window' ? { cell, window, ...sizes } : { cell, ...sizes }
}
