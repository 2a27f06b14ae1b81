/** Names of runs: short, without letters that are taken for another. */
import { randomBytes } from 'node:crypto'
import type { RunId } from '../../shared'

const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 10

export function newRunId(): RunId {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}
