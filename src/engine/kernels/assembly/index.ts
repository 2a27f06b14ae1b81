/**
 * The kernels of a training step, on raw pointers. All matrices are row-major float32 with a row stride in bytes; columns
 * are padded to 8 (logits) or 16, and the padding holds zeros. Letters are DESIGN's: B, T, H, V, G; M = T·B rows.
 */
import { madd } from './arithmetic'

export { product, transposePanels } from './product'
export { add, addRows, gather, multiply, scatter } from './rows'
export { gruBackward, gruForward, lstmBackward, lstmForward, vanillaBackward, vanillaForward } from './cells'
export { softmaxCrossEntropy } from './softmax'
export { gatherWindow, scatterWindow } from './window'
export { adam, momentum, rmsprop, sgd, sumOfSquares } from './optimisers'

/** Σ a_i b_i for the probe: is a multiply-add rounded once? 2⁻⁴⁶ where it is, 0 where not. */
export function probe(): f64 {
  const x = f32x4.splat(1.0 + 1.1920928955078125e-7)
  const y = f32x4.splat(-(1.0 + 2.384185791015625e-7))
  return <f64>f32x4.extract_lane(madd(x, x, y), 0)
}

/** Where the kernel's own constants end: no buffer may begin before. */
export function constantsEnd(): usize {
  return __heap_base
}

export { multiplyAdds } from './peak'
