/** Where the tests find what was built and what comes with the lab. */
import { join, resolve } from 'node:path'

export const BUILT = resolve(import.meta.dirname, '../../../out/main')
export const KERNELS = resolve(import.meta.dirname, '../../../out/kernels')
export const RESOURCES = resolve(import.meta.dirname, '../../../resources')
/** A text that comes with the lab, small enough to be trained on in a moment. */
export const TEXT = join(RESOURCES, 'corpora', 'rhymes.en.txt')
