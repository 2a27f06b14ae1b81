/**
 * The feed-forward window: a network that reads the last k tokens, oldest first, and nothing before them. What a token is
 * to it (one-hot or embedded), its layers and its decoder are as in a recurrent network; only W_hh is missing.
 */

export interface WindowShape {
  readonly cell: 'window'
  /** k: how many tokens it sees, the present one among them. */
  readonly window: number
  readonly layers: number
  readonly hidden: number
  readonly vocabulary: number
  /** E; 0: the input is one-hot. */
  readonly embedding: number
}

/** Width of a layer's input: k·V or k·E for the first, else H. */
export function windowInputWidth(shape: WindowShape, layer: number): number {
  return layer > 0 ? shape.hidden : shape.window * (shape.embedding || shape.vocabulary)
}

/** Names and shapes of all but the embedding and the decoder. */
export function windowTensors(shape: WindowShape): [string, number[]][] {
  return Array.from({ length: shape.layers }, (_, n): [string, number[]][] => [
    [`hidden.${n}.weight`, [shape.hidden, windowInputWidth(shape, n)]],
    [`hidden.${n}.bias`, [shape.hidden]],
  ]).flat()
}
