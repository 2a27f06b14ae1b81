/** Wrong usage and failures: one line on standard error, nothing on standard output, and the exit code that says which. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands'
import { temporaryDirectory } from '../lab/support/temporary'
import { RESOURCES, STORIES } from '../lab/support/test-lab'
import { runCommand, startCommand } from './support/command-line'

const TEXT = join(STORIES, 'rhymes.en.txt')
const LETTERS = join(RESOURCES, 'patterns', 'letters-16.txt')
const train = (...words: string[]): string[] => ['train', '--corpus', TEXT, ...words]

const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /command is missing/],
  [['dance'], /no command "dance"/],
  [['trian'], /no command "trian"; did you mean train\?/],
  [['trian', '--help'], /no command "trian"; did you mean train\?/],
  [['help', 'trian'], /no command "trian"; did you mean train\?/],
  [['runs'], /no command "runs"; there are runs list, /],
  [['runs', 'shwo', 'x'], /no command "runs shwo"; did you mean runs show\?/],
  [train('--step', '3'), /no option --step; did you mean --steps\?/],
  [train('--steps', '3', '--epochs', '2'), /--epochs or --steps, not both/],
  [['train', '--resume', 'r', '--steps', '3', '--epochs', '2'], /--epochs or --steps, not both/],
  [['runs', 'show'], /RUN is missing/],
  [['train'], /--corpus FILE is missing/],
  [['train', '--corpus'], /--corpus needs a value/],
  [train('--name', 'x'.repeat(201)), /--name must have at most 200 characters/],
  [train('--tag', 'x'.repeat(101)), /--tag must have at most 100 characters/],
  [train('--tag', ' '), /--tag must not be empty/],
  [['train', '--corpus', '--json'], /--corpus needs a value/],
  [['train', '--corpus='], /--corpus must not be empty/],
  [train('--colour', 'red'), /no option --colour/],
  [train('-x'), /no option -x/],
  [train('--json=yes'), /--json takes no value/],
  [train('--seed', '1', '--seed', '2'), /--seed is given twice/],
  ...['-1', '0', 'abc', 'NaN', '1.5', '9e99', '', '0x10', 'Infinity', '1,5', ' 5'].map(
    (value) => [train(`--steps=${value}`), /--steps must be a whole number/] as const,
  ),
  ...['0', '-1', 'Infinity', 'NaN', '1e999'].map(
    (value) => [train('--learning-rate', value), /--learning-rate must be more than 0/] as const,
  ),
  [train('--layers', '5'), /--layers must be a whole number from 1 to 4/],
  [train('--layers', '0'), /--layers/],
  [train('--dropout', '1'), /--dropout must be at least 0 and less than 1/],
  ...['-0.01', '1.01', 'NaN', 'some', ''].map(
    (value) => [train(`--fresh-starts=${value}`), /--fresh-starts must be 0 to 1/] as const,
  ),
  [['train', '--resume', 'r', '--fresh-starts', '0.1'], /--fresh-starts does not go with --resume/],
  [train('--validation', '-0.1'), /--validation/],
  [train('--clip', '-1'), /--clip must be 0 or more/],
  [train('--workers', '0'), /--workers/],
  [train('--workers', '33', '--batch', '32'), /--workers must be at most --batch 32/],
  [train('--cell', 'transformer'), /--cell must be one of vanilla/],
  [train('--encoding', 'latin-1'), /--encoding must be one of auto/],
  [['train', '--resume', 'r', '--hidden', '5'], /--hidden does not go with --resume/],
  [['train', '--resume', 'r', '--corpus', TEXT], /--corpus does not go with --resume/],
  [['trace', '--text', 'a'], /name a model/],
  [['trace', '--text', 'a', '--model', 'a', '--run', 'b'], /name a model/],
  [['trace', '--run', 'r'], /--text TEXT is missing/],
  [['gradients', '--run', 'r'], /--text TEXT is missing/],
  [['gradients', '--text', 'ab'], /name a model/],
  [['sample', '--model', 'x', '--best'], /--best goes with --run/],
  [['sample', '--run', 'x', '--top-p', '0'], /--top-p/],
  [['sample', '--run', 'x', '--length', '0'], /--length/],
  [['recall', '--from', 'A'], /--patterns FILE is missing/],
  [['recall', '--patterns', LETTERS], /--cue FILE or --from NAME/],
  [['recall', '--patterns', LETTERS, '--from', 'A', '--corrupt', '1.1'], /--corrupt must be from 0 to 1/],
  [['recall', '--patterns', LETTERS, '--cue', LETTERS, '--corrupt', '0.1'], /--corrupt goes with --from/],
  [
    ['recall', '--patterns', LETTERS, '--from', 'A', '--rule', 'dense', '--bias', 'hebbian'],
    /--bias hebbian goes with/,
  ],
  [['basin', '--patterns', LETTERS, '--rule', 'modern', '--bias', 'hebbian'], /--bias hebbian goes with/],
  [['capacity', '--neurons', '9', '--loads', '1', '--rule', 'dense', '--bias', 'hebbian'], /--bias hebbian goes with/],
  [['trace', '--run', 'none', '--text', ''], /--text must not be empty/],
  [['gradients', '--run', 'none', '--text='], /--text must not be empty/],
  [['capacity', '--loads', '0.1'], /--neurons N is missing/],
  [['capacity', '--neurons', '100'], /--loads A,B,… is missing/],
  [['capacity', '--neurons', '100', '--loads', '0.1,'], /--loads must be more than 0, not ""/],
  [['capacity', '--neurons', '100', '--loads', '0.1,0.004'], /--loads 0.004 is no whole pattern in 100 neurons/],
  [['capacity', '--neurons', '100', '--loads', '0.1', '--cues', '0'], /--cues/],
  [['basin', '--from', 'A'], /--patterns FILE is missing/],
  [['basin', '--patterns', LETTERS, '--flips', '0,1.5'], /--flips must be from 0 to 1, not "1.5"/],
  [['attractors', '--patterns', LETTERS, '--starts', '0'], /--starts must be a whole number/],
  [train('--cell', 'window', '--gate-bias', '1'), /--gate-bias does not go with --cell window: a window has no/],
  [train('--cell=window', '--initialisation=orthogonal'), /--initialisation does not go with --cell window/],
  [train('--cell', 'window', '--window', '0'), /--window must be/],
  [['landscape', '--patterns', LETTERS], /--plane A,B,C is missing/],
  [['landscape', '--patterns', LETTERS, '--plane', 'A'], /--plane takes two or three names/],
  [['landscape', '--patterns', LETTERS, '--plane', 'A,B,A'], /--plane names a pattern twice/],
  [['landscape', '--patterns', LETTERS, '--plane', 'A,B', '--resolution', '1'], /--resolution must be a whole/],
  [['landscape', '--patterns', LETTERS, '--plane', 'A,B', '--from', 'A', '--cue', 'x'], /--cue FILE or/],
  [['bench', '--layers', '5'], /--layers must be a whole number from 1 to 4/],
  [['bench', '--hidden', '0'], /--hidden/],
  [['bench', '--batch', '1.5'], /--batch/],
  [['bench', '--sequence', '0'], /--sequence/],
  [['bench', '--vocabulary', '1'], /--vocabulary must be a whole number from 2/],
  [['bench', '--workers', '5', '--batch', '4'], /--workers must be at most --batch 4, not 5/],
  [['bench', '--seconds', '0'], /--seconds must be more than 0/],
  [['bench', '--kernel', 'fast'], /--kernel must be one of auto/],
  [['bench', '--peers', '--cell', 'window'], /--peers compares recurrent cells/],
  [['recall', '--patterns', LETTERS, '--from', 'A', '--rule', 'x'], /--rule must be one of hebbian/],
]

describe('wrong usage', () => {
  it.for(WRONG)('%j exits 2', async ([words, sentence]) => {
    const { code, stdout, stderr } = await runCommand(words, '/nowhere/at/all')
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(stderr).toMatch(sentence)
    expect(code).toBe(2)
  })
})

describe('a failure', () => {
  const FAILED: readonly (readonly [readonly string[], RegExp])[] = [
    [['train', '--corpus', '/nowhere/book.txt'], /^error: book\.txt: there is no such file/],
    [['train', '--corpus', RESOURCES], /resources: this folder holds no \.txt or \.md file/],
    [['train', '--corpus', '/nowhere/two\nlines\x1b[2J.txt'], /^error: two\\x0alines\\x1b\[2J\.txt: there is no/],
    [train('--batch', '4000', '--sequence', '60000'), /too few for batch 4000 × sequence 60000.*would fit/],
    [['eval', '--run', 'none', '--corpus', TEXT], /no run none/],
    [train('--init', TEXT, '--batch', '4'), /rhymes\.en\.txt: this is not a model/],
    [['corpus', 'inspect', '/nowhere/x.txt'], /x\.txt: there is no such file/],
    [['baseline', '--corpus', RESOURCES], /resources: this folder holds no/],
    [['train', '--resume', 'none'], /no run none/],
    [['runs', 'show', 'it’s'], /no run it’s/],
    [['trace', '--run', 'none', '--text', 'a'], /no run none/],
    [['trace', '--model', TEXT, '--text', 'a'], /rhymes\.en\.txt: this is not a model/],
    [['gradients', '--run', 'none', '--text', 'ab'], /no run none/],
    [['recall', '--patterns', LETTERS, '--from', 'Ä'], /no pattern named Ä.*A, B, C/],
    [['recall', '--patterns', TEXT, '--from', 'A'], /^error: /],
    [['basin', '--patterns', LETTERS, '--from', 'Ä'], /no pattern named Ä.*A, B, C/],
    [['landscape', '--patterns', LETTERS, '--plane', 'A,Ä'], /no pattern named Ä.*A, B, C/],
    [['attractors', '--patterns', '/nowhere/at.txt'], /at\.txt: there is no such file/],
    [['bench', '--hidden', '4096', '--batch', '4096', '--sequence', '65536'], /would need .* of memory/],
    [
      ['capacity', '--neurons', '65536', '--loads', '0.005', '--rule', 'storkey'],
      /65536 neurons are more than the 51150/,
    ],
    [['capacity', '--neurons', '50', '--loads', '1.5', '--rule', 'pseudo-inverse'], /at most 1 .*not 1\.5/],
  ]

  it.for(FAILED)('of %j exits 1', async ([words, sentence]) => {
    const { code, stdout, stderr } = await runCommand(words, temporaryDirectory())
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(stderr).toMatch(sentence)
    expect(code).toBe(1)
  })

  it('of an empty text says that nothing fits it', async () => {
    const file = join(temporaryDirectory(), 'empty.txt')
    writeFileSync(file, '')
    const { code, stdout, stderr } = await runCommand(['train', '--corpus', file], temporaryDirectory())
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error: empty\.txt: 0 token\(s\) are too few for any batch and sequence\. [^\n]+\n$/)
  })

  it('of the data directory names it', async () => {
    const file = join(temporaryDirectory(), 'file')
    writeFileSync(file, 'not a folder')
    const { code, stdout, stderr } = await runCommand(['runs', 'list', '--data-dir', file], '/nowhere')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`error: ${file}: this folder cannot be used`)
  })

  it('of the database says what it is', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'lab.sqlite'), 'no database '.repeat(500))
    const broken = await runCommand(['runs', 'list'], directory)
    expect(broken).toMatchObject({ code: 1, stdout: '' })
    expect(broken.stderr).toMatch(/^error: The database is damaged: .+\n$/)
    const other = temporaryDirectory()
    mkdirSync(join(other, 'lab.sqlite'))
    expect(await runCommand(['runs', 'list'], other)).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('help', () => {
  it.each([[['--help']], [['help']]])('of the whole (%j) lists every command', async (words) => {
    const { code, stdout, stderr } = await runCommand(words, '/nowhere/at/all')
    expect([code, stderr]).toEqual([0, ''])
    for (const { name } of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^ +${name} `, 'm'))
    }
  })

  it.each(COMMANDS.map(({ name }) => [name]))('of %s opens nothing, and has an example', async (name) => {
    const directory = join(temporaryDirectory(), 'not', 'made')
    const { code, stdout, stderr } = await runCommand([...name.split(' '), '--help'], directory)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^${name}: `))
    expect(stdout).toMatch(new RegExp(`^for example: engram ${name}\\b`, 'm'))
    for (const flag of ['--data-dir DIR', '--json', '--help']) expect(stdout).toContain(flag)
    expect(() => readdirSync(directory)).toThrow('ENOENT')
  })
})

describe('help', () => {
  it('of a command by the word help is that of --help', async () => {
    const [asked, flagged] = await Promise.all([
      runCommand(['help', 'corpus', 'inspect'], '/nowhere/at/all'),
      runCommand(['corpus', 'inspect', '--help'], '/nowhere/at/all'),
    ])
    expect(asked).toEqual(flagged)
  })
})

describe('standard output that nobody reads on', () => {
  it('ends the command quietly', async () => {
    const command = startCommand(
      [
        'recall',
        '--patterns',
        LETTERS,
        '--from',
        'A',
        '--frames',
        '--temperature',
        '1',
        '--max-sweeps',
        '3000',
        '--json',
      ],
      temporaryDirectory(),
    )
    command.process.stdout?.once('data', () => command.process.stdout?.destroy())
    const { code, stderr } = await command.ended
    expect([code, stderr]).toEqual([0, ''])
  })
})
