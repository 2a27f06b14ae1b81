/** What a run knows of its text besides its tokens. */
import { basename } from 'node:path'
import type { CorpusText } from '../corpora/corpus-api'

/** Of the whole text, the line ends that join its files among it. */
export function charactersPerToken({ summaries, ids }: CorpusText): number {
  return summaries.reduce((sum, { characters }) => sum + characters, summaries.length - 1) / ids.length
}

export function nameOf({ summaries }: CorpusText): string {
  return summaries.map(({ name }) => basename(name)).join(' + ')
}

/** What a network that reads from the end is shown of a text's beginning. */
export function inOrder(probe: string, reverse: boolean): string {
  return reverse ? [...probe].reverse().join('') : probe
}
