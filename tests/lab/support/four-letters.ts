/** Four of the letters that come with the lab, for tests of what is done with a few patterns. */
import { join } from 'node:path'
import { readPatternFile } from '../../../src/lab'
import { RESOURCES } from './test-lab'

const LETTERS = readPatternFile(join(RESOURCES, 'patterns', 'letters-16.txt'))
export const FOUR = { ...LETTERS, patterns: LETTERS.patterns.filter(({ name }) => 'ANTV'.includes(name)) }
