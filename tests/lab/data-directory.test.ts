/** Where the data lie: what was said at the start wins, then where they were moved to, then the platform's folder. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataPlaceOf } from '../../src/lab/data-directory'
import type { DirectoryChoice } from '../../src/lab/data-directory'
import { POINTER, writePointer } from '../../src/lab/data-pointer'
import { runProcess } from '../cli/support/command-line'
import { errorOf, failureOf } from './support/errors'
import { temporaryDirectory } from './support/temporary'

function home(): { choice: DirectoryChoice; usual: string; moved: string } {
  const folder = temporaryDirectory()
  const usual = join(folder, 'Engram Lab')
  const moved = join(folder, 'elsewhere')
  mkdirSync(usual)
  mkdirSync(moved)
  return {
    choice: { option: null, env: { XDG_CONFIG_HOME: folder }, platform: 'linux', home: '/home/ann' },
    usual,
    moved,
  }
}

describe('the data directory', () => {
  it('is the platform’s folder where nobody says otherwise', () => {
    const of = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
      dataPlaceOf({ option: null, env, platform, home: '/home/ann' })
    expect(of('linux')).toEqual({
      directory: '/home/ann/.config/Engram Lab',
      by: 'usual',
      usual: '/home/ann/.config/Engram Lab',
      previous: [],
    })
    expect(of('darwin').directory).toBe('/home/ann/Library/Application Support/Engram Lab')
    expect(of('win32', { APPDATA: '/roaming' }).directory).toBe('/roaming/Engram Lab')
  })

  it('is where they were moved to, unless an option or the environment names another', () => {
    const { choice, usual, moved } = home()
    writePointer(usual, { dataDirectory: moved, previous: [usual] })
    expect(dataPlaceOf(choice)).toEqual({ directory: moved, by: 'moved', usual, previous: [usual] })
    const env = { ...choice.env, ENGRAM_DATA_DIR: '/from-env' }
    expect(dataPlaceOf({ ...choice, env })).toMatchObject({ directory: '/from-env', by: 'given' })
    expect(dataPlaceOf({ ...choice, env, option: 'x' })).toMatchObject({ directory: resolve('x'), by: 'given' })
    expect(readdirSync(usual)).toEqual([POINTER])
  })

  it('that is not there now is not taken for an empty one', () => {
    const { choice, usual, moved } = home()
    writePointer(usual, { dataDirectory: moved, previous: [] })
    rmSync(moved, { recursive: true })
    const refused = errorOf('E_DATA_MOVED', { directory: moved, file: join(usual, POINTER) })
    expect(failureOf(() => dataPlaceOf(choice))).toEqual(refused)
    writeFileSync(moved, 'a file')
    expect(failureOf(() => dataPlaceOf(choice))).toEqual(refused)
  })

  it.each([
    '',
    '{',
    '[]',
    '{"version":2,"dataDirectory":"/x","previous":[]}',
    '{"version":1,"dataDirectory":"x","previous":[]}',
  ])('is not guessed from a file that holds %j', (text) => {
    const { choice, usual } = home()
    writeFileSync(join(usual, POINTER), text)
    expect(failureOf(() => dataPlaceOf(choice))).toEqual(errorOf('E_DATA_POINTER'))
    expect(readFileSync(join(usual, POINTER), 'utf8')).toBe(text)
  })

  it('is found by the command line in the same way', async () => {
    const { choice, usual, moved } = home()
    const env = {
      XDG_CONFIG_HOME: choice.env.XDG_CONFIG_HOME,
      APPDATA: choice.env.XDG_CONFIG_HOME,
      ENGRAM_DATA_DIR: '',
    }
    writePointer(usual, { dataDirectory: moved, previous: [] })
    const { stdout } = await runProcess(['doctor', '--json'], '', env)
    expect(JSON.parse(stdout)).toMatchObject({ dataDirectory: moved })
    const { stdout: given } = await runProcess(['doctor', '--json', '--data-dir', join(moved, 'other')], '', env)
    expect(JSON.parse(given)).toMatchObject({ dataDirectory: join(moved, 'other') })
    rmSync(moved, { recursive: true })
    const { code, stderr, stdout: none } = await runProcess(['doctor', '--json'], '', env)
    expect({ code, none }).toEqual({ code: 1, none: '' })
    expect(stderr).toMatch(/^error: .*elsewhere: the data was moved here.*\n$/)
    expect(readdirSync(usual)).toEqual([POINTER])
  })
})
