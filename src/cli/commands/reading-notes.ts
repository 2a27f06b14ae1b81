/** What a command says of the texts it read, on standard error: nothing is changed or guessed in silence. */
import type { CorpusSummary } from '../../shared'

/** What reading the texts changed, and what was guessed: a line for each text of which there is something to say. */
function notesOf(corpora: readonly CorpusSummary[]): string[] {
  return corpora.flatMap(({ name, encoding, changes }) => {
    const notes = [
      [encoding === 'cp949' ? 1 : 0, 'read as CP949'],
      [changes.lineEnds, `${changes.lineEnds} line ends made LF`],
      [changes.nfc, `${changes.nfc} characters composed (NFC)`],
      [changes.bom, 'the byte order mark left out'],
    ].flatMap(([count, note]) => (count === 0 ? [] : [note]))
    return notes.length === 0 ? [] : [`${name}: ${notes.join(', ')}`]
  })
}

/** @param tell writes a line on standard error */
export function tellReading(tell: (line: string) => void): (corpora: readonly CorpusSummary[]) => void {
  return (corpora) => notesOf(corpora).forEach((note) => tell(note))
}
