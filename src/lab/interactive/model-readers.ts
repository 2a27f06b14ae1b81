/** A network for every model that reads, on this thread's kernel: made once, as long as the model is kept. */
import { createReader } from '../../engine'
import type { KernelCode, Reader } from '../../engine'
import type { Model } from '../models/model-file'

export class ModelReaders {
  readonly #kernel: () => KernelCode | undefined
  readonly #made = new WeakMap<Model, Reader>()

  /** @param kernel chosen when it is first needed, since choosing takes a moment; none: the reference */
  constructor(kernel: () => KernelCode | undefined) {
    this.#kernel = kernel
  }

  /** Several texts may be read with it by turns, each piece to its end. */
  of(model: Model): Reader {
    const made = this.#made.get(model) ?? createReader(model.shape, model.parameters, this.#kernel())
    this.#made.set(model, made)
    return made
  }
}
