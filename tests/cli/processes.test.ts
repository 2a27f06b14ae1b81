/**
 * The command as a process of a terminal: every way to start it trains in a process that the terminal's signals reach, and
 * nothing of it stays when its group is gone.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunDetail, RunRow } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { TEXT } from '../lab/support/test-lab'
import { documentOf } from './support/command-line'
import { DOORS, ENGRAM, membersOf, ROOT, startAsJob, startThrough } from './support/doors'
import type { Door } from './support/doors'

const train = (...words: string[]): string[] => [
  ...['train', '--corpus', TEXT, '--hidden', '8', '--batch', '4', '--sequence', '8', '--steps', '100000000'],
  ...['--checkpoint-every', '0.1', ...words],
]
const names = Object.keys(DOORS) as Door[]

/** Against what hangs, as the test's own limit is: processes of others report no event when they change. */
const PATIENCE_MS = 4 * 60_000

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: PATIENCE_MS }).toBe(true)
}

async function rowOf(run: string, directory: string): Promise<RunRow> {
  const rows = await documentOf<RunRow[]>(['runs', 'list'], directory)
  const row = rows.find((candidate) => candidate.run === run)
  if (!row) throw new Error(`no run ${run}`)
  return row
}

async function expectResumable(run: string, directory: string): Promise<void> {
  const { steps } = await rowOf(run, directory)
  const more = await documentOf<RunRow>(['train', '--resume', run, '--steps', String(steps + 2)], directory)
  expect(more).toMatchObject({ run, status: 'finished', steps: steps + 2 })
}

/** Whether the run goes on: its newest point is another one. */
async function grows(run: string, directory: string): Promise<void> {
  const lastStep = async (): Promise<number> => (await documentOf<RunDetail>(['runs', 'show', run], directory)).steps
  const before = await lastStep()
  await until(async () => (await lastStep()) > before)
}

describe.runIf(existsSync('/proc/self/stat')).each(names)('%s', (door) => {
  it('leaves no process when its group is killed, and the run can be resumed', async () => {
    const directory = temporaryDirectory()
    const command = startThrough(door, train(), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    process.kill(-command.group, 'SIGKILL')
    await command.ended
    await until(() => membersOf(command.group).length === 0)
    expect(await rowOf(run, directory)).toMatchObject({ status: 'interrupted', pid: null })
    await expectResumable(run, directory)
  })

  it('stops as a whole at Ctrl-Z and goes on afterwards', async () => {
    const directory = temporaryDirectory()
    const command = await startAsJob(door, train(), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    const { pid } = await rowOf(run, directory)
    process.kill(-command.group, 'SIGTSTP')
    await until(() => membersOf(command.group).every(({ state }) => state === 'T'))
    expect(membersOf(command.group).map((member) => member.pid)).toContain(pid)
    // Nothing is asked of the database meanwhile: the process may have been stopped in the middle of a write.
    process.kill(-command.group, 'SIGCONT')
    await grows(run, directory)
    process.kill(-command.group, 'SIGINT')
    await until(() => membersOf(command.group).length === 0)
    expect(await rowOf(run, directory)).toMatchObject({ status: 'stopped' })
  })

  it('saves the run as stopped when its terminal is closed', async () => {
    const directory = temporaryDirectory()
    const command = startThrough(door, train(), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    process.kill(-command.group, 'SIGHUP')
    await command.ended
    await until(() => membersOf(command.group).length === 0)
    expect(await rowOf(run, directory)).toMatchObject({ status: 'stopped', pid: null })
    await expectResumable(run, directory)
  })

  it('counts one Ctrl-C once', async () => {
    const directory = temporaryDirectory()
    const command = startThrough(door, train('--json'), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    process.kill(-command.group, 'SIGINT')
    const { code, signal, stdout } = await command.ended
    // The shell that npx starts dies of the signal once its child has ended, and npx as its shell did: 130 to the caller.
    expect(signal ?? code).toBe(code === null ? 'SIGINT' : 130)
    expect(JSON.parse(stdout)).toMatchObject({ run, status: 'stopped' })
  })

  it('passes on the exit code and the one line of a failure', async () => {
    const ended = await startThrough(door, ['train', '--corpus', '/nowhere/book.txt'], temporaryDirectory()).ended
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^error: book\.txt: there is no such file\. [^\n]+\n$/)
    const wrong = await startThrough(door, ['dance'], temporaryDirectory()).ended
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
  })
})

describe.runIf(existsSync('/proc/self/stat'))('the command on an older Node', () => {
  const door = 'engram on an older Node'

  it('ends with a saved run when the process that was started is killed alone', async () => {
    const directory = temporaryDirectory()
    const command = startThrough(door, train(), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    expect(membersOf(command.group)).toHaveLength(2)
    process.kill(command.group, 'SIGKILL')
    expect((await command.ended).signal).toBe('SIGKILL')
    await until(() => membersOf(command.group).length === 0)
    expect(await rowOf(run, directory)).toMatchObject({ status: 'stopped', pid: null })
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('passes %s on that reaches it alone', async (signal, code) => {
    const directory = temporaryDirectory()
    const command = startThrough(door, train('--json'), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    process.kill(command.group, signal)
    const ending = await command.ended
    expect(ending.code).toBe(code)
    expect(JSON.parse(ending.stdout)).toMatchObject({ run, status: 'stopped' })
  })

  it('dies of the signal that its child died of', async () => {
    const command = startThrough(door, train(), temporaryDirectory())
    await command.says(/^run (\w+)$/m)
    const child = membersOf(command.group).find(({ pid }) => pid !== command.group)
    process.kill(child?.pid ?? 0, 'SIGKILL')
    expect((await command.ended).signal).toBe('SIGKILL')
  })
})

describe.runIf(existsSync('/proc/self/stat'))('the command', () => {
  it('runs in the process that was started where its Node can load the database', async () => {
    const directory = temporaryDirectory()
    const command = startThrough('engram', train(), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    expect(await rowOf(run, directory)).toMatchObject({ pid: command.group })
    expect(membersOf(command.group)).toHaveLength(1)
  })

  it('survives its terminal under nohup', async () => {
    const directory = temporaryDirectory()
    const command = startThrough('engram', train(), directory, { stdio: [unreadable(), 'pipe', 'pipe'] })
    const [, run] = await command.says(/^run (\w+)$/m)
    process.kill(-command.group, 'SIGHUP')
    await grows(run, directory)
    process.kill(-command.group, 'SIGTERM')
    expect((await command.ended).code).toBe(143)
  })
})

/** As nohup opens it. */
function unreadable(): number {
  return openSync('/dev/null', 'w')
}

/** util-linux's or bsdutils' `script`, which gives a program a terminal of its own. */
function hasScript(): boolean {
  try {
    return /util-linux/.test(execFileSync('script', ['--version'], { encoding: 'utf8' }))
  } catch {
    return false
  }
}

describe.runIf(hasScript())('a real terminal that is closed', () => {
  it.each(names)('ends %s with a saved run', async (door) => {
    const directory = temporaryDirectory()
    const line = [...DOORS[door], ...train()].map((word) => `'${word}'`).join(' ')
    const terminal = spawn('script', ['-qfec', line, '/dev/null'], {
      cwd: ROOT,
      env: { ...process.env, ENGRAM_DATA_DIR: directory },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const run = await new Promise<string>((resolve) => {
      let shown = ''
      terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text
        const found = /run (\w+)\r/.exec(shown)
        if (found) resolve(found[1])
      })
    })
    terminal.kill('SIGKILL') // its side of the terminal is closed with it
    await until(async () => (await rowOf(run, directory)).status !== 'running')
    const row = await rowOf(run, directory)
    expect(row).toMatchObject({ status: 'stopped', pid: null })
    await expectResumable(run, directory)
  })
})

describe('a link to the command in another folder', () => {
  it('reads files relative to the folder it is called in', async () => {
    const folder = temporaryDirectory()
    const link = join(folder, '엔그램 하나')
    symlinkSync(ENGRAM, link)
    writeFileSync(join(folder, '나의 글.txt'), readFileSync(TEXT))
    const document = execFileSync(link, ['corpus', 'inspect', '나의 글.txt', '--json'], {
      cwd: folder,
      env: { ...process.env, ENGRAM_DATA_DIR: join(folder, 'data') },
      encoding: 'utf8',
    })
    expect(JSON.parse(document)).toMatchObject({ encoding: 'utf-8' })
  })
})
