/** How many tokens make a character on either side of a split: a loss per token becomes one per character of its own part. */
import { Tokeniser } from '../../engine'
import type { TokenIds } from '../../engine'
import type { TokensPerCharacter } from '../lab'
import type { SplitRequest } from './corpus-api'
import { readCorpus } from './read-corpus'

/** @throws LabError of the files */
export function tokensPerCharacter({ validation, ...request }: SplitRequest): TokensPerCharacter {
  const { ids, vocabulary } = readCorpus(request)
  const tokeniser = new Tokeniser(request.tokens, vocabulary)
  // Jamo join in the order of the text, whichever way the network reads.
  const of = (part: TokenIds): number =>
    part.length / tokeniser.countCharacters(request.reverse ? part.slice().reverse() : part)
  const trained = ids.length - Math.floor(ids.length * validation)
  return {
    trained: of(ids.subarray(0, trained)),
    heldOut: trained === ids.length ? null : of(ids.subarray(trained)),
  }
}
