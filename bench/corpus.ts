/**
 * A text of 100 MB, Korean and English, drawn by a seed into a temporary folder: how long until it is shown and until a
 * run on it is ready for its first step, and how much the process that reads it grows. The text is removed afterwards.
 *
 *     npm run bench -- corpus [MEGABYTES]
 */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { table } from '../src/cli/commands/visible'
import { Random } from '../src/engine'
import { createNodeHost, openLab } from '../src/lab'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import { runProgram } from './child'

const FIRST_SYLLABLE = 0xac00
/** Of the 11,172 a text uses some: every seventh. */
const SYLLABLES = 1500
const SYLLABLES_APART = 7
const WORDS = 4000
const CHUNK_BYTES = 2 ** 20

interface Reading {
  readonly shownMs: number
  readonly readyMs: number
  /** Of the process, at its largest. */
  readonly grownBytes: number
  readonly tokens: number
  readonly vocabularySize: number
}

function drawWord(random: Random): string {
  const letters = Array.from({ length: 1 + (random.uint32() % 4) }, () =>
    random.uint32() % 2 === 0
      ? String.fromCodePoint(FIRST_SYLLABLE + (random.uint32() % SYLLABLES) * SYLLABLES_APART)
      : String.fromCharCode(97 + (random.uint32() % 26)),
  )
  return letters.join('')
}

function writeText(file: string, bytes: number): void {
  const random = Random.fromSeed(1, 'corpus')
  const words = Array.from({ length: WORDS }, () => drawWord(random))
  const descriptor = openSync(file, 'w')
  try {
    for (let written = 0; written < bytes;) {
      let chunk = ''
      while (chunk.length < CHUNK_BYTES / 2) {
        chunk += words[random.uint32() % WORDS] + (random.uint32() % 12 === 0 ? '.\n' : ' ')
      }
      written += writeSync(descriptor, chunk)
    }
  } finally {
    closeSync(descriptor)
  }
}

/** In the process that is measured: choosing the text, then a run of one step. */
async function read(file: string, dataDirectory: string): Promise<Reading> {
  const lab = await openLab(
    createNodeHost({
      workersDirectory: resolve('out/main'),
      kernelsDirectory: resolve('out/kernels'),
      resourcesDirectory: resolve('resources'),
      dataDirectory,
      shell: 'cli',
      version: '0.0.0',
      sqliteBinding: null,
      log: () => undefined,
    }),
  )
  try {
    const before = process.memoryUsage.rss()
    const started = performance.now()
    const { tokens, vocabularySize } = await lab.corpora.inspect(file, 'auto', 'character')
    const shownMs = performance.now() - started
    const grownBytes = process.resourceUsage().maxRSS * 1024 - before
    const again = performance.now()
    const configuration = { ...DEFAULT_CONFIGURATION, steps: 1, validation: 0, batch: 4, sequence: 16, hidden: 16 }
    const row = await lab.training.start({ files: [file], encoding: 'auto', configuration, name: 'bench', probe: '' })
    const readyMs = performance.now() - again
    await lab.training.settled(row.run)
    return { shownMs, readyMs, grownBytes, tokens, vocabularySize }
  } finally {
    await lab.close()
  }
}

async function measure(megabytes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'engram-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const file = join(folder, 'text.txt')
  writeText(file, megabytes * 1e6)
  const words = [resolve('bench/run.mjs'), 'corpus', file, join(folder, 'data')]
  const reading = JSON.parse(await runProgram(process.execPath, words)) as Reading
  process.stdout.write(
    `${table([
      [
        'text',
        `${(statSync(file).size / 1e6).toFixed(1)} MB, ${reading.tokens} tokens, ${reading.vocabularySize} different`,
      ],
      ['read and shown', `${(reading.shownMs / 1000).toFixed(2)} s`],
      ['read, copied and ready for the first step', `${(reading.readyMs / 1000).toFixed(2)} s`],
      ['growth of the process that reads it', `${Math.round(reading.grownBytes / 1e6)} MB at its largest`],
    ])}\n`,
  )
}

const [, , first, dataDirectory] = process.argv
if (dataDirectory === undefined) await measure(Number(first ?? 100))
else process.stdout.write(JSON.stringify(await read(first, dataDirectory)))
