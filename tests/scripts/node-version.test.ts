/** The check of the machine's Node: the first thing that every npm script does, in syntax that every Node can parse. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Linter } from 'eslint'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isAtLeast } from '../../scripts/setup/node-version.cjs'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-node-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('compares versions by their numbers', () => {
  expect(isAtLeast('v20.19.0', '20.19')).toBe(true)
  expect(isAtLeast('20.18.9', '20.19')).toBe(false)
  expect(isAtLeast('9.99.9', '20.19')).toBe(false)
  expect(isAtLeast('24.0.0', '20.19')).toBe(true)
  expect(isAtLeast('10', '10')).toBe(true)
  expect(isAtLeast('', '10')).toBe(false)
})

it.each(['run', 'setup/node-version', 'setup/folder-name'])('%s.cjs is ECMAScript 5', (name) => {
  const problems = (text: string) =>
    new Linter().verify(text, { languageOptions: { ecmaVersion: 5, sourceType: 'commonjs' } })
  expect(problems(readFileSync(`scripts/${name}.cjs`, 'utf8'))).toEqual([])
  expect(problems('const a = () => 1')).toHaveLength(1)
})

it('ends an older Node in one sentence, before the script is read', () => {
  const older = join(folder, 'older.cjs')
  writeFileSync(older, `Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', older, 'scripts/run.cjs', 'no-such-script'], {
    encoding: 'utf8',
  })
  expect(stderr).toBe(
    `error: Engram Lab needs Node 20.19 or newer, and ${process.execPath} is Node 18.20.4: ` +
      'install a current Node and try again.\n',
  )
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
})

it('hands the words of the command on to the script', () => {
  const script = join(folder, 'script.mjs')
  writeFileSync(script, 'process.stdout.write(JSON.stringify(process.argv.slice(1)))')
  const name = relative('scripts', script).replace(/\.mjs$/, '')
  const answer = execFileSync(process.execPath, ['scripts/run.cjs', name, '--tour', 'a b'], { encoding: 'utf8' })
  expect(JSON.parse(answer)).toEqual([script, '--tour', 'a b'])
})

it('is the first thing that every npm script does, but for the command line, which checks Node itself', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const { lab, ...others } = scripts
  expect(lab).toBe('exec node scripts/engram.cjs')
  for (const [name, command] of Object.entries(others)) expect(command).toBe(`exec node scripts/run.cjs ${name}`)
})
