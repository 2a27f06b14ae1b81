/** `last` in place of a run's id. */
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../lab/support/temporary'
import { TEXT } from '../lab/support/test-lab'
import { documentOf, runCommand } from './support/command-line'

interface Row {
  readonly run: string
}

const TRAIN = ['train', '--corpus', TEXT, '--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '2']
const CAPACITY = ['capacity', '--neurons', '20', '--loads', '0.1', '--trials', '1', '--cues', '1']

describe('the word last', () => {
  it('names the newest run, and the newest trained one where a model is asked for', async () => {
    const directory = temporaryDirectory()
    const first = await documentOf<Row>(TRAIN, directory)
    const second = await documentOf<Row>(TRAIN, directory)
    const experiment = await documentOf<Row>(CAPACITY, directory)
    const shown = async (word: string) => (await documentOf<Row>(['runs', 'show', word], directory)).run
    expect(await shown('last')).toBe(experiment.run)
    expect(await shown('last~1')).toBe(second.run)
    expect(await shown('last~2')).toBe(first.run)
    const trace = ['trace', '--text', 'one', '--run']
    expect(await documentOf([...trace, 'last'], directory)).toEqual(await documentOf([...trace, second.run], directory))
    expect(await documentOf([...trace, 'last~1'], directory)).toEqual(
      await documentOf([...trace, first.run], directory),
    )
    const compared = await documentOf<{ runs: string[] }>(['runs', 'compare', 'last~2', 'last~1'], directory)
    expect(compared.runs).toEqual([first.run, second.run])
  })

  it('names nothing where there are not so many runs', async () => {
    const directory = temporaryDirectory()
    const none = await runCommand(['runs', 'show', 'last'], directory)
    expect(none).toMatchObject({ code: 1, stdout: '', stderr: 'error: There is no run last.\n' })
    await documentOf(CAPACITY, directory)
    const untrained = await runCommand(['sample', '--run', 'last'], directory)
    expect(untrained).toMatchObject({ code: 1, stdout: '', stderr: 'error: There is no run last.\n' })
    const tooFar = await runCommand(['runs', 'show', 'last~1'], directory)
    expect(tooFar).toMatchObject({ code: 1, stderr: 'error: There is no run last~1.\n' })
  })

  it('is a word like any other where no run is asked for', async () => {
    const directory = temporaryDirectory()
    await documentOf(CAPACITY, directory)
    const noted = await documentOf<{ note: string }>(['runs', 'note', 'last', 'last'], directory)
    expect(noted.note).toBe('last')
  })
})
