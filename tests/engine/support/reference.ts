/** PyTorch's and NumPy's numbers (tests/engine/reference/README.md). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../reference')

export function readReference<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Content
}
