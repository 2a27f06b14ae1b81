/** The digest of a model's parameters, counted once. */
import { digestOf } from '../models/model-file'
import type { Model } from '../models/model-file'

export class ModelDigests {
  readonly #known = new WeakMap<Model, string>()

  of(model: Model): string {
    const digest = this.#known.get(model) ?? digestOf(model.shape, model.parameters)
    this.#known.set(model, digest)
    return digest
  }
}
