/** Networks whose sizes fit no tile, and how they are trained. */
import type { KernelCode, OptimiserName, RecurrentCell, TrainerSettings } from '../../../../src/engine'

export interface Shape {
  readonly cell: RecurrentCell
  readonly hidden: number
  readonly layers: number
  readonly embedding: number
  readonly vocabulary: number
  readonly batch: number
  readonly sequence: number
  readonly dropout?: number
  readonly decoderDropout?: number
}

/**
 * Widths around the tiles': 1, 7, 8, 9, 33; batches of one, of a tile and of one more. Those of batch 33 go by several blocks
 * of time steps, whose last is shorter.
 */
export const SHAPES: readonly Shape[] = [
  { cell: 'vanilla', hidden: 1, layers: 1, embedding: 0, vocabulary: 2, batch: 1, sequence: 3 },
  { cell: 'vanilla', hidden: 33, layers: 2, embedding: 0, vocabulary: 9, batch: 7, sequence: 5 },
  { cell: 'vanilla', hidden: 128, layers: 1, embedding: 0, vocabulary: 65, batch: 6, sequence: 4 },
  { cell: 'lstm', hidden: 7, layers: 1, embedding: 0, vocabulary: 8, batch: 5, sequence: 6 },
  { cell: 'lstm', hidden: 17, layers: 2, embedding: 9, vocabulary: 33, batch: 1, sequence: 7, dropout: 0.3 },
  { cell: 'gru', hidden: 9, layers: 1, embedding: 0, vocabulary: 17, batch: 4, sequence: 3 },
  { cell: 'gru', hidden: 33, layers: 3, embedding: 5, vocabulary: 7, batch: 8, sequence: 4 },
  { cell: 'vanilla', hidden: 9, layers: 2, embedding: 5, vocabulary: 9, batch: 33, sequence: 11, dropout: 0.3 },
  { cell: 'lstm', hidden: 7, layers: 2, embedding: 0, vocabulary: 17, batch: 33, sequence: 14, dropout: 0.3 },
  { cell: 'gru', hidden: 8, layers: 2, embedding: 3, vocabulary: 8, batch: 33, sequence: 9, dropout: 0.3 },
  { cell: 'vanilla', hidden: 9, layers: 1, embedding: 0, vocabulary: 9, batch: 33, sequence: 11, decoderDropout: 0.5 },
  { cell: 'lstm', hidden: 17, layers: 1, embedding: 3, vocabulary: 17, batch: 5, sequence: 6, decoderDropout: 0.3 },
  {
    ...{ cell: 'gru', hidden: 33, layers: 2, embedding: 0, vocabulary: 8, batch: 33, sequence: 9 },
    ...{ dropout: 0.3, decoderDropout: 0.3 },
  },
]

export function settingsOf(
  { cell, hidden, layers, embedding, vocabulary, ...shape }: Shape,
  kernel?: KernelCode,
  optimiser: OptimiserName = 'adam',
): TrainerSettings {
  return {
    shape: { cell, hidden, layers, embedding, vocabulary },
    batch: shape.batch,
    sequence: shape.sequence,
    dropout: shape.dropout ?? 0,
    decoderDropout: shape.decoderDropout ?? 0,
    clip: 5,
    optimiser: { name: optimiser, momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 3,
    precision: 'float32',
    ...(kernel ? { kernel } : {}),
  }
}

export const textOf = ({ vocabulary }: Shape): Uint8Array =>
  Uint8Array.from({ length: 600 }, (_, i) => (i * i + 3 * i) % vocabulary)
