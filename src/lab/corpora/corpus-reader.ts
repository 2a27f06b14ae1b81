/** Texts as the lab's own services read them. */
import type { CorpusService } from '../lab'
import type { CorpusRequest, CorpusText } from './corpus-api'

/** What training needs besides the service the shells see. */
export interface CorpusReader extends CorpusService {
  /** Reads texts for training, and keeps their bytes in the data directory. */
  readonly read: (request: Omit<CorpusRequest, 'copyTo'>) => Promise<CorpusText>
  /** Reads texts, and keeps nothing. */
  readonly look: (request: Omit<CorpusRequest, 'copyTo'>) => Promise<CorpusText>
}
