/**
 * The scalar twin of every kernel function, in plain TypeScript: what each computes, one number at a time, in the order of
 * operations of the `simd` kernel, multiply and add rounded apart, so that it gives `simd`'s bits. It is the
 * specification that the compiled kernels are tested against, and what computes where WebAssembly does not.
 */
import type { KernelFunctions } from '../kernel-functions'
import { multiplyAdd } from './arithmetic'
import { gruBackward, gruForward, lstmBackward, lstmForward, vanillaBackward, vanillaForward } from './cells'
import { createScalarMemory } from './memory'
import { adam, momentum, rmsprop, sgd, sumOfSquares } from './optimiser'
import { product, transposePanels } from './product'
import { add, addRows, gather, gatherWindow, multiply, scatter, scatterWindow } from './rows'
import { softmaxCrossEntropy } from './softmax'

/** @param buffer its memory; a kernel's pointers are bytes from its beginning */
export function createScalarFunctions(buffer: ArrayBuffer): KernelFunctions {
  const memory = createScalarMemory(buffer)
  return {
    product: product.bind(null, memory),
    transposePanels: transposePanels.bind(null, memory),
    add: add.bind(null, memory),
    multiply: multiply.bind(null, memory),
    gather: gather.bind(null, memory),
    scatter: scatter.bind(null, memory),
    gatherWindow: gatherWindow.bind(null, memory),
    scatterWindow: scatterWindow.bind(null, memory),
    addRows: addRows.bind(null, memory),
    vanillaForward: vanillaForward.bind(null, memory),
    vanillaBackward: vanillaBackward.bind(null, memory),
    lstmForward: lstmForward.bind(null, memory),
    lstmBackward: lstmBackward.bind(null, memory),
    gruForward: gruForward.bind(null, memory),
    gruBackward: gruBackward.bind(null, memory),
    softmaxCrossEntropy: softmaxCrossEntropy.bind(null, memory),
    sumOfSquares: sumOfSquares.bind(null, memory),
    sgd: sgd.bind(null, memory),
    momentum: momentum.bind(null, memory),
    rmsprop: rmsprop.bind(null, memory),
    adam: adam.bind(null, memory),
    probe,
    constantsEnd: () => 0,
  }
}

/** (1 + 2⁻²³)² − (1 + 2⁻²²), which is 2⁻⁴⁶ where a multiply-add rounds once, and 0 here. */
function probe(): number {
  const x = 1 + 1.1920928955078125e-7
  return multiplyAdd(x, x, -(1 + 2.384185791015625e-7))
}
