/** Where the tests find what was built and what comes with the lab. */
import { join, resolve } from 'node:path'

export const BUILT = resolve(import.meta.dirname, '../../../out/main')
export const KERNELS = resolve(import.meta.dirname, '../../../out/kernels')
export const RESOURCES = resolve(import.meta.dirname, '../../../resources')
/** The stories at the beginning of the bundled texts: small enough to train on in a moment. */
export const STORIES = resolve(import.meta.dirname, '../../../scripts/texts/stories')
/** A text of 2 KB. */
export const TEXT = join(STORIES, 'rhymes.en.txt')
