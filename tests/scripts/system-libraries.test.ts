/** System packages: installed by apt as root, and otherwise a typed failure that names what to type. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-system-'))
  mkdirSync(join(folder, 'bin'))
  vi.stubEnv('PATH', join(folder, 'bin'))
  vi.stubEnv('ENGRAM_CACHE_DIR', join(folder, 'cache'))
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

/** An apt-get that notes its words and runs these lines of a shell. */
function writeApt(lines: string) {
  const file = join(folder, 'bin', 'apt-get')
  writeFileSync(file, `#!/bin/sh\necho "$*" >> '${folder}/calls'\n${lines}\n`)
  chmodSync(file, 0o755)
}

const INSTALL = (bin: string) =>
  `case "$*" in *--no-download*) echo '#!/bin/sh' > '${bin}/cc'; /bin/chmod +x '${bin}/cc';; esac`
const calls = () =>
  readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => /(update|install.*)$/.exec(line)?.[1])

async function makeCompiler(user: number) {
  vi.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(user)
  const { systemStep } = await import('../../scripts/setup/system-libraries.mjs')
  const step = systemStep({ compiler: true })
  expect(await step.ready()).toBe(false)
  try {
    await step.make()
  } catch (error) {
    return { name: (error as Error).name, message: (error as Error).message, ready: await step.ready() }
  }
  return { ready: await step.ready() }
}

describe.runIf(process.platform === 'linux')('a missing compiler', () => {
  it('is installed as root: lists, then the download, then the installation', async () => {
    writeApt(INSTALL(join(folder, 'bin')))
    expect(await makeCompiler(0)).toEqual({ ready: true })
    const install = 'install -y --no-install-recommends gcc'
    expect(calls()).toEqual(['update', `${install} --download-only`, `${install} --no-download`])
  })

  it('is installed although some list cannot be read', async () => {
    writeApt(`case "$*" in *update) echo 'E: a source is gone' >&2; exit 100;; esac; ${INSTALL(join(folder, 'bin'))}`)
    expect(await makeCompiler(0)).toEqual({ ready: true })
  })

  it('is missing from the machine where apt fails, with the first reason', async () => {
    writeApt(`case "$*" in *update) echo 'E: no network' >&2;; *) echo 'E: unknown package' >&2;; esac; exit 100`)
    const { name, message, ready } = await makeCompiler(0)
    expect({ name, ready }).toEqual({ name: 'MissingFromMachine', ready: false })
    expect(message).toMatch(/apt-get update failed \(no network\)/)
    expect(message).toContain('apt-get install -y gcc')
  })

  it('is missing from the machine where it still lacks after the installation', async () => {
    writeApt('exit 0')
    expect(await makeCompiler(0)).toMatchObject({ name: 'MissingFromMachine', ready: false })
  })

  it('is named with the line to type for who may not install', async () => {
    writeApt('exit 0')
    expect(await makeCompiler(1000)).toEqual({
      name: 'MissingFromMachine',
      message: 'This system lacks gcc: type "sudo apt-get update && sudo apt-get install -y gcc" and try again.',
      ready: false,
    })
  })

  it('is named by Debian’s word where there is no apt', async () => {
    const { name, message } = await makeCompiler(0)
    expect(name).toBe('MissingFromMachine')
    expect(message).toMatch(/lacks what Debian calls gcc: install it with your package manager/)
  })
})
