/** PyTorch's and NumPy's numbers, where they lie beside the project. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../../shared/reference')

export const hasReference = existsSync(FOLDER)

export function readReference<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Content
}
