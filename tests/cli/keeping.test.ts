/** The commands that keep, compare, repeat and carry runs, as a person runs them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunComparison, RunRow } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { STORIES } from '../lab/support/test-lab'
import { documentOf, runCommand, startCommand } from './support/command-line'

const TEXT = join(STORIES, 'rhymes.en.txt')
const train = (...words: string[]): string[] => {
  return ['train', '--corpus', TEXT, '--hidden', '8', '--batch', '4', '--sequence', '8', '--kernel', 'scalar', ...words]
}

interface Trained {
  readonly run: string
  readonly digest: string
}

describe('documents', () => {
  it('of list, tag, note, star, archive, compare, delete and restore', async () => {
    const directory = temporaryDirectory()
    const one = await documentOf<Trained>(train('--steps', '30'), directory)
    const two = await documentOf<Trained>(train('--steps', '30', '--cell', 'lstm', '--seed', '7'), directory)
    const list = async (...words: string[]): Promise<string[]> =>
      (await documentOf<RunRow[]>(['runs', 'list', ...words], directory)).map(({ run }) => run)
    expect(await documentOf(['runs', 'tag', one.run, ' night run '], directory)).toEqual({
      run: one.run,
      tags: ['night run'],
    })
    expect(await documentOf(['runs', 'note', one.run, '-한글'.normalize('NFD')], directory)).toEqual({
      run: one.run,
      note: '-한글',
    })
    // By either composition it is the same tag.
    for (const tag of ['밤'.normalize('NFD'), '밤']) await documentOf(['runs', 'tag', one.run, tag], directory)
    expect(await documentOf(['runs', 'tag', one.run, '밤', '--remove'], directory)).toMatchObject({
      tags: ['night run'],
    })
    expect(await list('tag:"night run" seed:1 note:한글 validationLoss<9')).toEqual([one.run])
    expect(await list('-cell:lstm')).toEqual([one.run])
    expect(await documentOf(['runs', 'tag', one.run, 'night run', '--remove'], directory)).toMatchObject({ tags: [] })
    expect(await documentOf(['runs', 'star', two.run], directory)).toEqual({ run: two.run, starred: true })
    expect(await documentOf(['runs', 'archive', two.run], directory)).toEqual({ run: two.run, archived: true })
    expect([await list(), await list('--archived'), await list('starred:yes archived:yes')]).toEqual([
      [one.run],
      [two.run, one.run],
      [two.run],
    ])

    const compared = await documentOf<RunComparison>(['runs', 'compare', one.run, two.run], directory)
    expect(compared.runs).toEqual([one.run, two.run])
    expect(compared.settings).toEqual([
      { name: 'cell', values: ['vanilla', 'lstm'] },
      { name: 'seed', values: [1, 7] },
    ])
    const [train1] = compared.metrics
    expect(train1).toMatchObject({ name: 'trainLoss', values: [expect.any(Number), expect.any(Number)] })
    expect(train1.best).toEqual([(train1.values[0] ?? 0) < (train1.values[1] ?? 0) ? one.run : two.run])
    const table = await runCommand(['runs', 'compare', one.run, two.run], directory)
    expect(table.stdout).toMatch(/^trainLoss +[\d.]+( \*)? +[\d.]+( \*)?$/m)

    expect(await documentOf(['runs', 'delete', one.run], directory)).toEqual({ run: one.run })
    expect([await list(), await list('--deleted')]).toEqual([[], [one.run]])
    const again = await runCommand(['train', '--resume', one.run, '--steps', '40'], directory)
    expect([again.code, again.stderr]).toEqual([1, `error: Run ${one.run} is in the bin: restore it first.\n`])
    expect(await documentOf(['runs', 'restore', one.run], directory)).toEqual({ run: one.run })
    expect(await list()).toEqual([one.run])
  })

  it('of repeat, whatever the run was', async () => {
    const directory = temporaryDirectory()
    const init = join(directory, 'init.safetensors')
    const first = await documentOf<Trained>(train('--steps', '25', '--out', init), directory)
    const begun = await documentOf<Trained>(train('--steps', '40', '--init', init), directory)
    const scalar = await documentOf<Trained>(
      train('--steps', '40', '--cell', 'gru', '--schedule', 'cosine', '--reverse'),
      directory,
    )
    await documentOf(['train', '--resume', scalar.run, '--steps', '60'], directory)
    for (const run of [first.run, begun.run, scalar.run]) {
      const { digest } = await documentOf<RunRow>(['runs', 'show', run], directory)
      const repeated = await documentOf<{ run: string }>(['runs', 'repeat', run], directory)
      expect(repeated).toEqual({ run: expect.any(String) as string, digest, equal: true })
      expect(repeated.run).not.toBe(run)
      expect(await documentOf(['runs', 'show', repeated.run], directory)).toMatchObject({
        parent: run,
        steps: expect.any(Number) as number,
      })
    }
  })

  it('of export, import, handoff, backup and restore', async () => {
    const directory = temporaryDirectory()
    const { run, digest } = await documentOf<Trained>(train('--steps', '30'), directory)
    const file = join(temporaryDirectory(), 'a.engram')
    expect(await documentOf(['runs', 'export', run, '--out', file, '--with-corpus'], directory)).toEqual({
      file,
      runs: [run],
    })
    const refused = await runCommand(['runs', 'export', run, '--out', file], directory)
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/^error: a\.engram: the file exists already.*--force/)
    const other = temporaryDirectory()
    expect(await documentOf(['runs', 'import', file], other)).toMatchObject({ runs: [run] })
    expect(await documentOf(['runs', 'show', run], other)).toMatchObject({ run, digest })

    const folder = join(temporaryDirectory(), 'out')
    expect(await documentOf(['handoff', '--run', run, '--out', folder], directory)).toEqual({ run, folder })
    const model = join(folder, 'model.safetensors')
    const imported = await documentOf<Trained & { parent: string }>(
      ['runs', 'import', '--model', model, '--parent', run, '--name', 'back'],
      directory,
    )
    expect(imported).toEqual({ run: imported.run, parent: run })
    expect(await documentOf(['runs', 'show', imported.run], directory)).toMatchObject({
      digest,
      parent: run,
      name: 'back',
    })

    const backup = join(temporaryDirectory(), 'b.zip')
    expect(await documentOf(['backup', backup], directory)).toEqual({ file: backup, runs: 2 })
    const kept = await runCommand(['restore', backup], directory)
    expect([kept.code, kept.stdout]).toEqual([1, ''])
    expect(kept.stderr).toMatch(/holds 2 runs\. Add --force/)
    const fresh = join(temporaryDirectory(), '새 폴더')
    expect(await documentOf(['restore', backup], fresh)).toEqual({ file: backup, runs: 2, keptAs: null })
    expect(await documentOf(['doctor', '--check'], fresh)).toMatchObject({ database: 'ok', orphans: [] })
    expect(await documentOf(['runs', 'show', run], fresh)).toMatchObject({ run, digest })
  })
})

describe('a restore over runs', () => {
  it('keeps them in a folder that it tells, a data directory itself', async () => {
    const [directory, backup] = [temporaryDirectory(), join(temporaryDirectory(), 'b.zip')]
    await documentOf(['backup', backup], temporaryDirectory())
    const { run } = await documentOf<Trained>(train('--steps', '5'), directory)
    const { code, stdout, stderr } = await runCommand(['restore', backup, '--force', '--json'], directory)
    const { keptAs, ...others } = JSON.parse(stdout) as { keptAs: string }
    expect([code, others]).toEqual([0, { file: backup, runs: 0 }])
    expect(stderr).toBe(`what was there before is kept in ${keptAs}\n`)
    expect(dirname(keptAs)).toBe(directory)
    expect(await documentOf(['runs', 'list'], directory)).toEqual([])
    expect(await documentOf(['runs', 'list'], keptAs)).toMatchObject([{ run }])
  })
})

describe('an experiment', () => {
  it('is found, carried and here only once', async () => {
    const directory = temporaryDirectory()
    await documentOf(['capacity', '--neurons', '40', '--loads', '0.1', '--trials', '2'], directory)
    const [{ run }] = await documentOf<RunRow[]>(['runs', 'list', 'kind:capacity'], directory)
    const file = join(temporaryDirectory(), 'a.engram')
    await documentOf(['runs', 'export', run, '--out', file], directory)
    const other = temporaryDirectory()
    expect(await documentOf(['runs', 'import', file], other)).toMatchObject({ imported: [{ run, isNew: true }] })
    expect(await documentOf(['runs', 'show', run], other)).toEqual(await documentOf(['runs', 'show', run], directory))
    expect(await documentOf(['runs', 'import', file], other)).toMatchObject({ imported: [{ run, isNew: false }] })
    expect((await runCommand(['runs', 'repeat', run], other)).stderr).toMatch(/cannot be repeated: it was not trained/)
  })
})

describe('a run that another process trains', () => {
  it('is not deleted, exported or repeated, and its data are not replaced', async () => {
    const directory = temporaryDirectory()
    const backup = join(temporaryDirectory(), 'b.zip')
    await documentOf(['backup', backup], temporaryDirectory())
    const command = startCommand(train('--steps', '10000000'), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    const refusals: [string[], RegExp][] = [
      [['runs', 'delete', run], /is running, so it cannot be deleted/],
      [['runs', 'repeat', run], /is running, so it cannot be repeated/],
      [['runs', 'export', run, '--out', join(directory, 'x.engram')], /is running, so it cannot be exported/],
      [['restore', backup, '--force'], /another process uses this data/],
    ]
    for (const [words, sentence] of refusals) {
      const { code, stdout, stderr } = await runCommand(words, directory)
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(sentence)
    }
    expect(await documentOf(['backup', join(temporaryDirectory(), 'c.zip')], directory)).toMatchObject({ runs: 1 })
    command.process.kill('SIGTERM')
    expect((await command.ended).code).toBe(143)
    expect(await documentOf<RunRow[]>(['runs', 'list'], directory)).toMatchObject([{ run, status: 'stopped' }])
  })
})

describe('wrong usage', () => {
  it.each<[string[], RegExp]>([
    [['runs', 'list', 'x', 'y'], /one word too many/],
    [['runs', 'list', 'colour:red'], /wrong at character 1: there is no field colour\. Fields: status, /],
    [['runs', 'list', '(cell:lstm'], /wrong at character 1: this bracket is not closed/],
    [['runs', 'list', '--colour'], /no option --colour/],
    [['runs', 'compare', 'a'], /2 to 20 different runs, not 1/],
    [['runs', 'compare', 'a', 'a'], /not 1/],
    [['runs', 'compare', ...Array.from({ length: 21 }, (_, i) => `r${i}`)], /not 21/],
    [['runs', 'tag', 'a'], /TAG is missing/],
    [['runs', 'tag', 'a', ' '], /TAG must not be empty/],
    [['runs', 'note', 'a'], /TEXT is missing/],
    [['runs', 'delete'], /RUN is missing/],
    [['runs', 'export', 'a'], /--out FILE is missing/],
    [['runs', 'import'], /name FILE or --model FILE/],
    [['runs', 'import', 'a', '--model', 'b'], /name FILE or --model FILE/],
    [['runs', 'import', 'a', '--alphabet', 'ab'], /--alphabet goes with --model/],
    [['runs', 'import', 'a', '--alphabet-of', 'b'], /--alphabet-of goes with --model/],
    [['runs', 'import', '--model', 'a', '--alphabet', 'ab', '--alphabet-of', 'b'], /--alphabet or --alphabet-of/],
    [['runs', 'import', '--model', 'a', '--tokens', 'jamo'], /--tokens goes with --alphabet/],
    [['runs', 'import', 'a', '--parent', 'b'], /--parent goes with --model/],
    [['backup'], /FILE is missing/],
    [['restore'], /FILE is missing/],
    [['handoff', '--run', 'a'], /--out DIR is missing/],
  ])('%j exits 2', async (words, sentence) => {
    const { code, stdout, stderr } = await runCommand(words, '/nowhere/at/all')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(stderr).toMatch(sentence)
  })
})

describe('a failure', () => {
  it.each<[string[], RegExp]>([
    [['runs', 'compare', 'a', 'b'], /no run a/],
    [['runs', 'tag', 'none', 'x'], /no run none/],
    [['runs', 'delete', 'none'], /no run none/],
    [['runs', 'restore', 'none'], /no run none/],
    [['runs', 'repeat', 'none'], /no run none/],
    [['runs', 'export', 'none', '--out', '/nowhere/x'], /no run none/],
    [['runs', 'import', TEXT], /rhymes\.en\.txt: this is not a bundle/],
    [['runs', 'import', '--model', TEXT], /rhymes\.en\.txt: this is not a model/],
    [['runs', 'import', '/nowhere/x.engram'], /x\.engram: there is no such file/],
    [['restore', TEXT], /rhymes\.en\.txt: this is not a bundle or a backup/],
    [['restore', '/nowhere/b.zip'], /b\.zip: there is no such file/],
    [['backup', '/nowhere/b.zip'], /b\.zip: the file cannot be written \(ENOENT\)/],
    [['handoff', '--run', 'none', '--out', '/nowhere/x'], /no run none/],
  ])('of %j exits 1', async (words, sentence) => {
    const { code, stdout, stderr } = await runCommand(words, temporaryDirectory())
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(stderr).toMatch(sentence)
  })

  it('of a backup over what is there says so', async () => {
    const directory = temporaryDirectory()
    const file = join(temporaryDirectory(), 'b.zip')
    writeFileSync(file, 'mine')
    expect((await runCommand(['backup', file], directory)).stderr).toMatch(/exists already/)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(await documentOf(['backup', file, '--force'], directory)).toEqual({ file, runs: 0 })
    const folder = join(temporaryDirectory(), 'folder')
    mkdirSync(folder)
    expect((await runCommand(['restore', folder], directory)).stderr).toMatch(/not a regular file/)
  })
})

describe('help', () => {
  it.each(
    ['list', 'compare', 'repeat', 'export', 'import', 'tag', 'note', 'star', 'archive', 'delete', 'restore']
      .map((name) => `runs ${name}`)
      .concat('backup', 'restore', 'handoff'),
  )('of %s has an example', async (name) => {
    const { code, stdout, stderr } = await runCommand([...name.split(' '), '--help'], '/nowhere/at/all')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^${name}: `))
    expect(stdout).toMatch(new RegExp(`^for example: engram ${name} `, 'm'))
  })
})
