/** Ten runs of different cells, sizes and workers, each repeated by a process of its own: ten equal digests. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { RunRow } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf, runProcess } from './support/command-line'

/** A guard against hanging, not a measure. */
const LONGEST_MS = 240_000
const COMMON = '--hidden 8 --batch 6 --sequence 8 --steps 24 --validate-every 12 --tag repeated'
const TEN = [
  '--cell vanilla --workers 1',
  '--cell vanilla --workers 2 --initialisation identity --optimizer sgd --learning-rate 0.1',
  '--cell vanilla --layers 2 --workers 3 --tokens jamo',
  '--cell lstm --workers 1 --dropout 0.2 --layers 2 --seed 5',
  '--cell lstm --workers 2 --gate-bias 1 --optimizer adamw --embedding 4',
  '--cell lstm --workers 3 --tokens byte --schedule cosine --warm-up 4',
  '--cell gru --workers 1 --reverse --kernel scalar',
  '--cell gru --workers 2 --seed 77 --optimizer rmsprop --clip 0.5',
  '--cell window --window 4 --workers 1 --optimizer momentum',
  '--cell window --window 3 --workers 2 --embedding 5 --layers 2',
]

interface Repeated {
  readonly run: string
  readonly digest: string
  readonly equal: boolean
}

it(
  'ten runs are repeated exactly',
  async () => {
    const directory = temporaryDirectory()
    const text = join(directory, 'tide.txt')
    writeFileSync(text, 'The tide comes in, 바다가 밀려온다.\nThe lamp turns round.\n'.repeat(20))
    const repeat = async (options: string): Promise<readonly [string, Repeated]> => {
      const words = ['train', '--corpus', text, ...COMMON.split(' '), ...options.split(' ')]
      const { run, digest } = await documentOf<Repeated>(words, directory)
      return [digest, await documentOf<Repeated>(['runs', 'repeat', run], directory, runProcess)]
    }
    const left = [...TEN]
    const found: (readonly [string, Repeated])[] = []
    const each = async (): Promise<void> => {
      for (let options = left.shift(); options !== undefined; options = left.shift()) found.push(await repeat(options))
    }
    await Promise.all([each(), each()])
    expect(found.map(([digest, { digest: again, equal }]) => [digest === again, equal])).toEqual(
      TEN.map(() => [true, true]),
    )
    expect(new Set(found.map(([digest]) => digest)).size).toBe(TEN.length)
    const rows = await documentOf<RunRow[]>(['runs', 'list', 'tag:repeated'], directory)
    expect(rows).toHaveLength(2 * TEN.length)
    expect(rows.filter(({ verdict }) => verdict === 'equal')).toHaveLength(TEN.length)
  },
  LONGEST_MS,
)
