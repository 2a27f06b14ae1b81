/** What has changed, as git knows it, and the commit that is remembered. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changesSince, cleanCommit, rememberPassed } from '../../scripts/test/changes.mjs'
import { temporaryDirectory } from '../lab/support/temporary'
import { makeProject } from './project'

describe('what has changed', () => {
  it('is what was committed since, what is not committed, and what git does not know yet', async () => {
    const { root, write, commit } = makeProject()
    const first = commit()
    write({ 'src/engine/sum.ts': 'export const sum = 1\n' })
    commit()
    write({ 'src/engine/one.ts': 'export const one = 2\n', 'tests/한글 "new".test.ts': '', 'node_modules/x': '' })
    rmSync(join(root, 'src/engine/alone.ts'))
    renameSync(join(root, 'src/engine/more.ts'), join(root, 'src/engine/less.ts'))
    expect(await changesSince(first, root)).toEqual({
      since: first.slice(0, 10),
      files: [
        'src/engine/alone.ts',
        'src/engine/less.ts',
        'src/engine/more.ts',
        'src/engine/one.ts',
        'src/engine/sum.ts',
        'tests/한글 "new".test.ts',
      ],
    })
    expect((await changesSince('HEAD', root)).files).not.toContain('src/engine/sum.ts')
  })

  it('of a branch is what it has changed since it parted from the other', async () => {
    const { root, git, write, commit } = makeProject()
    commit()
    git('checkout', '--quiet', '-b', 'mine')
    write({ 'src/engine/sum.ts': 'export const sum = 1\n' })
    commit()
    git('checkout', '--quiet', 'main')
    write({ 'src/engine/one.ts': 'export const one = 2\n' })
    commit()
    git('checkout', '--quiet', 'mine')
    expect((await changesSince('main', root)).files).toEqual(['src/engine/sum.ts'])
  })

  it('is counted from the last commit that passed, unless another is named', async () => {
    const { root, write, commit } = makeProject()
    const first = commit()
    await expect(changesSince(null, root)).rejects.toThrow(/No npm test of this checkout has passed .* --changed HEAD/)
    rememberPassed(first, root)
    write({ 'src/engine/sum.ts': 'export const sum = 1\n' })
    commit()
    expect((await changesSince(null, root)).files).toEqual(['src/engine/sum.ts'])
    rememberPassed('0'.repeat(40), root)
    await expect(changesSince(null, root)).rejects.toThrow(/The last commit that passed, 0000000000, is no longer here/)
    writeFileSync(join(root, 'node_modules/.cache/engram-lab/passed.json'), '{"com')
    await expect(changesSince(null, root)).rejects.toThrow(/has passed on a commit yet/)
  })

  it.each(['nowhere', '--output=x', 'HEAD:src', ''])('%j is no commit', async (base) => {
    const { root, commit } = makeProject()
    commit()
    await expect(changesSince(base, root)).rejects.toThrow(/git knows no commit/)
  })

  it('is not known without a repository of its own', async () => {
    const none = temporaryDirectory()
    await expect(changesSince('HEAD', none)).rejects.toThrow(/is no git repository: name paths/)
    const { root, commit } = makeProject()
    commit()
    const inside = join(root, 'unpacked')
    mkdirSync(inside)
    await expect(changesSince('HEAD', inside)).rejects.toThrow(/unpacked is no git repository/)
    expect(await cleanCommit(none)).toBeNull()
  })
})

describe('a commit', () => {
  it('is what was tested only where nothing else is there', async () => {
    const { root, write, commit } = makeProject()
    expect(await cleanCommit(root)).toBeNull()
    const hash = commit()
    expect(await cleanCommit(root)).toBe(hash)
    write({ 'node_modules/x': 'ignored' })
    expect(await cleanCommit(root)).toBe(hash)
    write({ 'tests/new.test.ts': '' })
    expect(await cleanCommit(root)).toBeNull()
  })
})
