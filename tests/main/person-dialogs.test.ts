/** Where a person's files come from and go to: proposed names, cancelled dialogs, bytes in full or not at all. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FileTokens } from '../../src/main/ipc/file-tokens'
import { TEXTS } from '../../src/main/texts'
import { errorOf } from '../lab/support/errors'

const asked = vi.hoisted(() => ({ save: [] as unknown[], path: null as string | null }))
vi.mock('electron', () => ({
  app: { getPath: () => '/documents' },
  dialog: {
    showSaveDialog: async (options: unknown) => {
      asked.save.push(options)
      return { canceled: asked.path === null, filePath: asked.path ?? '' }
    },
    showOpenDialog: async () => ({ canceled: asked.path === null, filePaths: asked.path === null ? [] : [asked.path] }),
  },
}))
const { fileHandlers, proposedName } = await import('../../src/main/ipc/person-dialogs')
const tokens = new FileTokens(() => 0)
const files = fileHandlers({ windowOf: () => null, texts: () => TEXTS.en, tokens }, 1)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-dialogs-'))
  asked.save.length = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a proposed name', () => {
  it('holds nothing that a file system refuses, hides or takes for a path', () => {
    expect(proposedName('Energy E', 'png')).toBe('Energy E.png')
    expect(proposedName('../../etc/passwd', 'txt')).toBe('etc passwd.txt')
    expect(proposedName('a:b*c?"<>|\u0000', 'csv')).toBe('a b c.csv')
    expect(proposedName('...', 'json')).toBe('engram.json')
    expect(proposedName('겹침 m', 'csv')).toBe('겹침 m.csv')
  })
})

describe('saving', () => {
  it('writes the bytes in full and tells the base name', async () => {
    asked.path = join(folder, 'table.csv')
    const saved = await files.save({ kind: 'csv', name: 'table', bytes: Uint8Array.of(1, 2, 3) })
    expect(saved).toEqual({ name: 'table.csv' })
    expect([...(await readFile(asked.path))]).toEqual([1, 2, 3])
    expect(await readdir(folder)).toEqual(['table.csv'])
    expect(asked.save).toMatchObject([{ defaultPath: join('/documents', 'table.csv') }])
  })

  it('does nothing when the dialog is cancelled', async () => {
    asked.path = null
    expect(await files.save({ kind: 'png', name: 'x', bytes: Uint8Array.of(1) })).toBeNull()
  })

  it('leaves nothing half-written where it cannot write', async () => {
    asked.path = join(folder, 'missing', 'table.csv')
    await expect(files.save({ kind: 'csv', name: 'x', bytes: Uint8Array.of(1) })).rejects.toEqual(
      errorOf('E_FILE_WRITE'),
    )
    expect(await readdir(folder)).toEqual([])
  })
})

describe('opening', () => {
  it('answers what the file holds', async () => {
    asked.path = join(folder, 'letters.txt')
    await writeFile(asked.path, '# A\n#.\n')
    const opened = await files.open({ kind: 'patterns' })
    expect(opened?.name).toBe('letters.txt')
    expect(new TextDecoder().decode(opened?.bytes)).toBe('# A\n#.\n')
  })

  it('refuses a folder and a file that is not there', async () => {
    asked.path = folder
    await expect(files.open({ kind: 'picture' })).rejects.toEqual(errorOf('E_FILE_NOT_REGULAR'))
    asked.path = join(folder, 'none.png')
    await expect(files.open({ kind: 'picture' })).rejects.toEqual(errorOf('E_FILE_MISSING'))
  })
})

describe('choosing', () => {
  it('tells what each file is, and reads it by its token alone', async () => {
    asked.path = join(folder, 'letters.txt')
    await writeFile(asked.path, '101\n010\n101\n')
    const [chosen] = (await files.choose({})) ?? []
    expect(chosen).toMatchObject({ kind: 'patterns', name: 'letters.txt' })
    expect(new TextDecoder().decode((await files.read({ token: chosen.token })).bytes)).toBe('101\n010\n101\n')
    await expect(files.read({ token: 'another' })).rejects.toThrow(errorOf('E_TOKEN') as Error)
    asked.path = null
    expect(await files.choose({})).toBeNull()
  })

  it('refuses a folder', async () => {
    asked.path = folder
    await expect(files.choose({})).rejects.toMatchObject({ code: expect.stringMatching(/^E_FILE_/) as string })
  })
})
