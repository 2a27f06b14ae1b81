/**
 * The README's section on the command line: every line is run as it stands there, by a shell, in an empty folder with an
 * empty data directory, and its answer holds what the line's comment promises.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../lab/support/temporary'

const ROOT = resolve(import.meta.dirname, '../..')

/** Lines of the section's first block, each with what its comment promises. */
function readLines(): { readonly line: string; readonly promise: string }[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const section = readme.slice(readme.indexOf('## The command line'))
  const block = /```sh\n([^`]+)```/.exec(section)?.[1] ?? ''
  return block
    .trim()
    .split('\n')
    .map((text) => {
      const [line, promise] = text.split(/\s+# /)
      return { line, promise }
    })
}

interface Answer {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function typed(line: string, folder: string): Promise<Answer> {
  const env = {
    ...process.env,
    ENGRAM_DATA_DIR: join(folder, 'data'),
    // The machine's own npx, which finds the command in the folder's node_modules as it does in a checkout.
    PATH: (process.env.PATH ?? '')
      .split(delimiter)
      .filter((part) => !part.startsWith(ROOT))
      .join(delimiter),
  }
  return new Promise((done) => {
    const child = execFile('sh', ['-c', line], { cwd: folder, env }, (_error, stdout, stderr) => {
      done({ code: child.exitCode, stdout, stderr })
    })
  })
}

it('gives the answers it promises', async () => {
  const folder = temporaryDirectory()
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(join(ROOT, 'scripts/engram.cjs'), join(folder, 'node_modules/.bin/engram'))
  const lines = readLines()
  expect(lines.length).toBeGreaterThan(30)
  for (const { line, promise } of lines) {
    expect(line).toMatch(/^npx engram /)
    const { code, stdout, stderr } = await typed(line, folder)
    expect(code, `${line}\n${stderr}`).toBe(0)
    expect(stdout, line).toContain(promise)
  }
})
