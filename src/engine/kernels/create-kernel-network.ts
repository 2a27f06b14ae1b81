/** The network of a shape on a kernel: recurrent, or a feed-forward window. */
import type { ModelShape } from '../recurrent/shape'
import type { Kernel, Take } from './kernel'
import { layOutNetwork as layOutRecurrent } from './kernel-layout'
import { KernelNetwork } from './kernel-network'
import { KernelWindowNetwork } from './kernel-window-network'
import type { TrainableNetwork } from './training-arithmetic'
import { layOutWindow } from './window-layout'

/** Takes what `createKernelNetwork` will take. */
export function layOutNetwork(shape: ModelShape, B: number, T: number, take: Take, dropout = 0): void {
  if (shape.cell === 'window') layOutWindow(shape, B, T, take, dropout)
  else layOutRecurrent(shape, B, T, take)
}

export function createKernelNetwork(
  shape: ModelShape,
  B: number,
  T: number,
  kernel: Kernel,
  dropout = 0,
): TrainableNetwork {
  const network =
    shape.cell === 'window'
      ? new KernelWindowNetwork(shape, B, T, kernel, dropout)
      : new KernelNetwork(shape, B, T, kernel, dropout)
  return network as TrainableNetwork
}
