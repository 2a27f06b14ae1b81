/** The network of a shape on a kernel: recurrent, or a feed-forward window. */
import type { ModelShape } from '../recurrent/shape'
import type { Kernel, Take } from './kernel'
import { layOutNetwork as layOutRecurrent } from './kernel-layout'
import { KernelNetwork } from './kernel-network'
import { createRecurrentOrder, placeParameters } from './kernel-order'
import { KernelWindowNetwork } from './kernel-window-network'
import type { TrainableNetwork } from './trainable-network'
import { layOutWindow } from './window-layout'
import { createWindowOrder, placeWindow } from './window-order'

/** Takes what `createKernelNetwork` will take. */
export function layOutNetwork(
  shape: ModelShape,
  B: number,
  T: number,
  take: Take,
  dropout = 0,
  decoderDropout = 0,
): void {
  if (shape.cell === 'window') layOutWindow(shape, B, T, take, dropout, decoderDropout)
  else layOutRecurrent(shape, B, T, take, dropout, decoderDropout)
}

/** How many floats the parameters take in the kernel's order. */
export function sizeOnKernel(shape: ModelShape): number {
  return shape.cell === 'window' ? placeWindow(shape).size : placeParameters(shape).size
}

/** Where each number of ParameterLayout's order lies in the kernel's. */
export function createOrder(shape: ModelShape): Int32Array {
  return shape.cell === 'window' ? createWindowOrder(shape) : createRecurrentOrder(shape)
}

export function createKernelNetwork(
  shape: ModelShape,
  B: number,
  T: number,
  kernel: Kernel,
  dropout = 0,
  decoderDropout = 0,
): TrainableNetwork {
  const network =
    shape.cell === 'window'
      ? new KernelWindowNetwork(shape, B, T, kernel, dropout, decoderDropout)
      : new KernelNetwork(shape, B, T, kernel, dropout, decoderDropout)
  return network as TrainableNetwork
}
