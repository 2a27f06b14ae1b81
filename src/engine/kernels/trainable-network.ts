/** A network that can be trained, of either kind: with the reference or on a kernel. */
import type { Floats } from '../numerics/floats'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import type { ModelShape, ParameterLayout } from '../recurrent/shape'
import type { NetworkRows } from '../recurrent/step-rows'

/** The passes that training and validation need of a network. */
export interface TrainableNetwork {
  readonly shape: ModelShape
  readonly layout: ParameterLayout
  /** The longest window. */
  readonly T: number
  readonly createState: () => NetworkState
  readonly forward: (
    values: Floats,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps?: number,
    dropout?: Random | null,
  ) => void
  readonly carry: (state: NetworkState) => void
  readonly rows: () => NetworkRows
  readonly loss: (targets: ArrayLike<number>) => number
  readonly backward: (values: Floats, gradients: Floats, targets: ArrayLike<number>) => void
}
