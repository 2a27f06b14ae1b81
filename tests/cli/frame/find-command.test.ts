/** What is said when words name no command, and what a person may have meant. */
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands'
import { listedBy, unknownCommand } from '../../../src/cli/frame/find-command'
import { editDistance, nearest } from '../../../src/cli/frame/suggest'

describe('the distance of two words', () => {
  it.each([
    ['train', 'train', 0],
    ['trian', 'train', 1],
    ['tain', 'train', 1],
    ['traain', 'train', 1],
    ['', 'abc', 3],
    ['evla', 'eval', 1],
    ['sample', 'simple', 1],
  ])('%s, %s', (a, b, expected) => expect([editDistance(a, b), editDistance(b, a)]).toEqual([expected, expected]))

  it('of words that have nothing in common suggests nothing', () => {
    expect(nearest('dance', ['train', 'recall'])).toBeNull()
    expect(nearest('att', ['train', 'attractors'])).toBe('attractors')
  })
})

describe('an unknown command', () => {
  it.each([
    [['trian'], 'there is no command "trian"; did you mean train? "engram --help" lists them'],
    [['capcity', '--json'], 'there is no command "capcity"; did you mean capacity? "engram --help" lists them'],
    [['dance'], 'there is no command "dance"; "engram --help" lists them'],
    [['corpus'], 'there is no command "corpus"; there are corpus inspect, corpus generate'],
    [['corpus', 'inspct', 'x'], 'there is no command "corpus inspct"; did you mean corpus inspect?'],
    [['corpus', 'eat'], 'there is no command "corpus eat"; there are corpus inspect, corpus generate'],
    [['corpsu', 'inspect'], 'there is no command "corpsu"; did you mean corpus? "engram --help" lists them'],
  ])('%j', (words, sentence) => expect(unknownCommand(COMMANDS, words)).toBe(sentence))

  it('of a group lists its members for help', () => {
    expect(listedBy(COMMANDS, ['corpus', '--help'])?.map(({ name }) => name)).toEqual([
      'corpus inspect',
      'corpus generate',
    ])
    expect(listedBy(COMMANDS, ['train', '--help'])).toBeNull()
    expect(listedBy(COMMANDS, ['--help'])).toBe(COMMANDS)
    expect(listedBy(COMMANDS, ['trian', '--help'])).toBeNull()
  })
})
