/** Renaming imports in better-sqlite3's own binaries, which the set-up does for an older runtime. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isElf64, renameImports } from '../../scripts/setup/elf.mjs'

const prebuilt = (name: string) => readFileSync(`node_modules/better-sqlite3/prebuilds/${name}.node`)
const NAMES = { napi_create_reference: 'wrap_create_reference' }

describe('renaming imports', () => {
  it.each(['linux-x64', 'linux-arm64', 'linuxmusl-x64'])('of %s changes the name in one place alone', (name) => {
    const original = prebuilt(name)
    const renamed = renameImports(original, NAMES)
    expect(renamed).toHaveLength(original.length)
    const differing = [...original.keys()].filter((at) => original[at] !== renamed[at])
    expect(differing.length).toBeGreaterThan(0)
    expect(differing.length).toBeLessThanOrEqual('napi'.length)
    const place = renamed.indexOf('\0wrap_create_reference\0', 0, 'latin1')
    expect(differing.every((at) => at > place && at <= place + 'napi'.length)).toBe(true)
  })

  it('leaves the bytes it was given as they are', () => {
    const original = prebuilt('linux-x64')
    const before = Buffer.from(original)
    renameImports(original, NAMES)
    expect(original.equals(before)).toBe(true)
  })

  it('is refused for another format, an unknown name, a second renaming and a name of another length', () => {
    expect(isElf64(prebuilt('win32-x64'))).toBe(false)
    expect(() => renameImports(prebuilt('darwin-arm64'), NAMES)).toThrow('not a 64-bit ELF library')
    expect(() => renameImports(Buffer.alloc(0), NAMES)).toThrow('not a 64-bit ELF library')
    const original = prebuilt('linux-x64')
    expect(() => renameImports(original, { napi_unheard_of: 'wrap_unheard_of' })).toThrow('import napi_unheard_of')
    expect(() => renameImports(renameImports(original, NAMES), NAMES)).toThrow('exactly once')
    expect(() => renameImports(original, { napi_create_reference: 'short' })).toThrow('another length')
  })
})
