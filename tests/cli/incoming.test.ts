/** Texts, patterns and cues that come through a pipe, and what is refused there. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { RunDetail, RunRow } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { RESOURCES, TEXT } from '../lab/support/test-lab'
import { CLI, documentOf, observe, startCommand } from './support/command-line'
import type { Ending } from './support/command-line'
import { DOORS, ROOT } from './support/doors'

const LETTERS = join(RESOURCES, 'patterns', 'letters-16.txt')
const SMALL = ['--hidden', '8', '--batch', '4', '--sequence', '8', '--steps', '4']

/** Runs a command that reads these bytes from standard input. */
function runWith(input: Uint8Array | string, words: readonly string[], directory: string): Promise<Ending> {
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, ENGRAM_DATA_DIR: directory },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.on('error', () => undefined) // a command may refuse the rest
  child.stdin.end(input)
  return observe(child).ended
}

async function answerWith<Document>(input: Uint8Array | string, words: readonly string[], directory: string) {
  const { code, stdout, stderr } = await runWith(input, [...words, '--json'], directory)
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`)
  return JSON.parse(stdout) as Document
}

/** Runs a line of bash, where `engram` is the command. */
async function bash(line: string, directory: string, program: readonly string[] = [process.execPath, CLI]) {
  const engram = program.map((word) => `'${word}'`).join(' ')
  const script = `set -o pipefail; engram() { ${engram} "$@"; }; ${line}`
  const env = { ...process.env, ENGRAM_DATA_DIR: directory, TEXT, LETTERS }
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: ROOT, env })
  return JSON.parse(stdout) as Record<string, unknown>
}

const sha256 = createHash('sha256').update(readFileSync(TEXT)).digest('hex')

describe('standard input', () => {
  it.each(['-', '/dev/stdin', '/dev/fd/0'])('named %s is inspected as its file is', async (word) => {
    const directory = temporaryDirectory()
    const expected = await documentOf(['corpus', 'inspect', TEXT], directory)
    expect(await answerWith(readFileSync(TEXT), ['corpus', 'inspect', word], directory)).toEqual(expected)
    expect(readdirSync(join(directory, 'corpora'))).toEqual([])
  })

  it('is trained on under its own name, and the run can be resumed and repeated', async () => {
    const directory = temporaryDirectory()
    const trained = await answerWith<RunRow>(readFileSync(TEXT), ['train', '--corpus', '-', ...SMALL], directory)
    const shown = await documentOf<RunDetail>(['runs', 'show', trained.run], directory)
    expect(shown).toMatchObject({ name: 'vanilla 8 · standard input' })
    expect(shown.corpora).toMatchObject([{ name: 'standard input', sha256 }])
    const fromFile = await documentOf<RunRow>(['train', '--corpus', TEXT, ...SMALL], directory)
    expect(trained.digest).toBe(fromFile.digest)
    expect(await documentOf(['runs', 'repeat', trained.run], directory)).toMatchObject({ equal: true })
    const more = await documentOf<RunRow>(['train', '--resume', trained.run, '--steps', '6'], directory)
    expect(more).toMatchObject({ status: 'finished', steps: 6 })
    const named = await answerWith<RunRow>(
      readFileSync(TEXT),
      ['train', '--corpus', '-', '--name', 'my own', ...SMALL],
      directory,
    )
    expect(await documentOf(['runs', 'show', named.run], directory)).toMatchObject({ name: 'my own' })
  })

  it('is read by eval, baseline and --alphabet-of', async () => {
    const directory = temporaryDirectory()
    const { run, model } = await documentOf<{ run: string; model: string }>(
      ['train', '--corpus', TEXT, ...SMALL],
      directory,
    )
    const text = readFileSync(TEXT)
    expect(await answerWith(text, ['eval', '--run', run, '--corpus', '-'], directory)).toEqual(
      await documentOf(['eval', '--run', run, '--corpus', TEXT], directory),
    )
    expect(await answerWith(text, ['baseline', '--corpus', '-'], directory)).toEqual(
      await documentOf(['baseline', '--corpus', TEXT], directory),
    )
    // The model says itself what it reads, which is told once the text was read.
    const refused = await runWith(text, ['runs', 'import', '--model', model, '--alphabet-of', '-'], directory)
    expect(refused.stderr).toMatch(/says which symbols it reads/)
  })

  it('holds patterns and cues', async () => {
    const directory = temporaryDirectory()
    const recall = ['recall', '--from', 'A', '--corrupt', '0.1']
    expect(await answerWith(readFileSync(LETTERS), [...recall, '--patterns', '-'], directory)).toEqual(
      await documentOf([...recall, '--patterns', LETTERS], directory),
    )
    const [first] = readFileSync(LETTERS, 'utf8').split(/\n(?=# )/)
    const cue = ['recall', '--rule', 'pseudo-inverse', '--patterns', LETTERS, '--cue', '-', '--keep']
    expect(await answerWith(first, cue, directory)).toMatchObject({ match: { kind: 'stored', pattern: 'A' } })
    const attractors = ['attractors', '--starts', '20', '--no-save', '--patterns']
    expect(await answerWith(readFileSync(LETTERS), [...attractors, '-'], directory)).toEqual(
      await documentOf([...attractors, LETTERS], directory),
    )
  })

  it('holds a note', async () => {
    const directory = temporaryDirectory()
    const { run } = await documentOf<RunRow>(['train', '--corpus', TEXT, ...SMALL], directory)
    const note = await answerWith('첫째 줄\n- 둘째\n', ['runs', 'note', run, '-'], directory)
    expect(note).toEqual({ run, note: '첫째 줄\n- 둘째' })
    const binary = await runWith(Uint8Array.of(0xff, 0xfe, 0x41), ['runs', 'note', run, '-'], directory)
    expect(binary).toMatchObject({ code: 1, stdout: '' })
    expect(binary.stderr).toMatch(/^error: standard input: this is no text in UTF-8\n$/)
  })

  it('in CP949 is decoded, and what is no text is refused', async () => {
    const directory = temporaryDirectory()
    const korean = iconv.encode('나는 사과를 갖고 싶다. '.repeat(50), 'cp949')
    expect(await answerWith(korean, ['corpus', 'inspect', '-'], directory)).toMatchObject({ encoding: 'cp949' })
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 32)
    const refused = await runWith(noise, ['corpus', 'inspect', '-'], directory)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^error: standard input: this does not look like text\. [^\n]+\n$/)
    expect(readdirSync(join(directory, 'corpora'))).toEqual([])
  })

  it('that is empty is refused as an empty file is', async () => {
    for (const words of [
      ['corpus', 'inspect', '-'],
      ['train', '--corpus', '-'],
    ]) {
      const { code, stderr } = await runWith('', words, temporaryDirectory())
      expect(code).toBe(1)
      expect(stderr).toMatch(/^error: standard input: 0 token\(s\) are too few for any batch and sequence\. /)
    }
    const { stderr } = await runWith('', ['recall', '--from', 'A', '--patterns', '-'], temporaryDirectory())
    expect(stderr).toMatch(/^error: standard input: there is no pattern in it\. /)
  })

  it('is read no further than a pattern file may be large', async () => {
    const yes = spawn('yes', ['####....'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const command = spawn(process.execPath, [CLI, 'recall', '--from', 'A', '--patterns', '-'], {
      env: { ...process.env, ENGRAM_DATA_DIR: temporaryDirectory() },
      stdio: [yes.stdout, 'pipe', 'pipe'],
    })
    yes.stdout.destroy()
    const { code, stderr } = await observe(command).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: standard input: at least 65 MiB is more than the 64 MiB the lab reads\. /)
  })

  it('is named once a command', async () => {
    const twice = [
      ['train', '--corpus', '-', '--corpus', '-'],
      ['train', '--corpus', '-', '--corpus', '/dev/stdin'],
      ['recall', '--patterns', '-', '--cue', '/dev/fd/0'],
    ]
    for (const words of twice) {
      const { code, stdout, stderr } = await runWith('text', words, '/nowhere/at/all')
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^error: standard input \(.+ and .+\) can be read only once: [^\n]+\n$/)
    }
  })

  it('is waited for until a signal ends the wait', async () => {
    const directory = temporaryDirectory()
    const child = spawn(process.execPath, [CLI, 'corpus', 'inspect', '-'], {
      env: { ...process.env, ENGRAM_DATA_DIR: directory, ENGRAM_DEBUG: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const command = observe(child)
    child.stdin.write('the beginning of a text')
    const corpora = join(directory, 'corpora')
    await expect.poll(() => existsSync(corpora) && readdirSync(corpora).length, { timeout: 60_000 }).toBe(1)
    child.kill('SIGINT')
    expect((await command.ended).code).toBe(130)
    expect(readdirSync(corpora)).toEqual([])
  })

  it('may be a folder, which is refused', async () => {
    const child = spawn(process.execPath, [CLI, 'corpus', 'inspect', '-'], {
      env: { ...process.env, ENGRAM_DATA_DIR: temporaryDirectory() },
      stdio: [openSync(temporaryDirectory(), 'r'), 'pipe', 'pipe'],
    })
    const { code, stderr } = await observe(child).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: standard input: this is not a regular file\./)
  })
})

describe('models, bundles and backups', () => {
  const REFUSED = [
    [['sample', '--model', '-'], /--model must be the name of a file, not -: a model cannot come through a pipe/],
    [['train', '--corpus', TEXT, '--init', '/dev/stdin'], /--init must be .+ \/dev\/stdin: a model cannot/],
    [['eval', '--corpus', TEXT, '--model', '/dev/fd/63'], /not \/dev\/fd\/63: a model cannot/],
    [['runs', 'import', '-'], /FILE must be the name of a file, not -: a bundle cannot/],
    [['runs', 'import', '--model', '-'], /--model must be the name of a file/],
    [['restore', '-'], /FILE must be the name of a file, not -: a backup cannot/],
    [['backup', '/dev/stdin'], /a backup cannot come through a pipe/],
  ] as const

  it.each(REFUSED)('are files: %j', async (words, sentence) => {
    const { code, stdout, stderr } = await runWith('', words, '/nowhere/at/all')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(sentence)
  })
})

describe('a named pipe', () => {
  it('is read under its own name', async () => {
    const directory = temporaryDirectory()
    const pipe = join(directory, '나의 글.fifo')
    execFileSync('mkfifo', [pipe])
    const command = startCommand(['train', '--corpus', pipe, '--json', ...SMALL], join(directory, 'data'))
    execFileSync('sh', ['-c', 'cat "$0" > "$1"', TEXT, pipe])
    const { run } = JSON.parse((await command.ended).stdout) as { run: string }
    const { corpora } = await documentOf<RunDetail>(['runs', 'show', run], join(directory, 'data'))
    expect(corpora).toMatchObject([{ name: '나의 글.fifo', sha256 }])
  })

  it('that nobody writes to can be left', async () => {
    const directory = temporaryDirectory()
    const pipe = join(directory, 'pipe')
    execFileSync('mkfifo', [pipe])
    const data = join(directory, 'data')
    const command = startCommand(['corpus', 'inspect', pipe], data)
    await expect
      .poll(() => existsSync(join(data, 'corpora')) && readdirSync(join(data, 'corpora')).length, { timeout: 60_000 })
      .toBe(1)
    command.process.kill('SIGINT')
    expect((await command.ended).code).toBe(130)
  })

  it('is no model', async () => {
    const directory = temporaryDirectory()
    const pipe = join(directory, 'pipe')
    execFileSync('mkfifo', [pipe])
    const { code, stderr } = await startCommand(['sample', '--model', pipe], directory).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: pipe: /)
  })
})

describe.runIf(existsSync('/proc/self/fd'))('the shell’s <(…)', () => {
  it.each(Object.entries(DOORS))('reaches the lab through %s', async (_door, program) => {
    const line = 'engram corpus inspect --json <(cat "$TEXT")'
    expect(await bash(line, temporaryDirectory(), program)).toMatchObject({ sha256 })
  })

  it('may be several, with a name each', async () => {
    const directory = temporaryDirectory()
    const words = SMALL.join(' ')
    const line = `cat "$TEXT" | engram train --json --corpus <(cat "$TEXT") --corpus=<(cat "$TEXT") --corpus - ${words}`
    const { run } = await bash(line, directory)
    const { corpora } = await documentOf<RunDetail>(['runs', 'show', String(run)], directory)
    expect(corpora.map(({ name }) => name)).toEqual(['pipe', 'pipe 2', 'standard input'])
    expect(corpora.map((corpus) => corpus.sha256)).toEqual([sha256, sha256, sha256])
  })

  it('holds patterns and a cue', async () => {
    const line = 'engram recall --rule pseudo-inverse --json --patterns <(cat "$LETTERS") --cue <(head -17 "$LETTERS")'
    expect(await bash(line, temporaryDirectory())).toMatchObject({ match: { pattern: 'A', kind: 'stored' } })
  })

  it('names a regular file as the file is named', async () => {
    const directory = temporaryDirectory()
    const { run } = await bash(`engram train --json --corpus /dev/fd/3 ${SMALL.join(' ')} 3< "$TEXT"`, directory)
    const { corpora } = await documentOf<RunDetail>(['runs', 'show', String(run)], directory)
    expect(corpora).toMatchObject([{ name: 'rhymes.en.txt', sha256 }])
  })

  it('that is open nowhere, or is Node’s own pipe, is refused with a sentence', async () => {
    for (const descriptor of [77, ...Array.from({ length: 8 }, (_, i) => i + 10)]) {
      const { code, stderr } = await runWith('', ['corpus', 'inspect', `/dev/fd/${descriptor}`], temporaryDirectory())
      expect(code).toBe(1)
      expect(stderr).toMatch(/^error: \/dev\/fd\/\d+: this pipe does not reach the lab\. [^\n]+\n$/)
    }
  })
})
