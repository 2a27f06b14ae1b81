/**
 * A small, safe part of Markdown as data: headings, paragraphs, lists, code, emphasis. Nothing in it is ever taken for
 * HTML, and a link stays the text it is: the page opens no address.
 */
export interface Span {
  readonly kind: 'text' | 'strong' | 'emphasis' | 'code' | 'link'
  readonly text: string
  /** Of a link: where it would lead, shown and never followed. */
  readonly address?: string
}

export type Block =
  | { readonly kind: 'heading'; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly entries: readonly (readonly Span[])[] }

/** More than these hold the page up: such a note is shown as it was typed. */
const MOST_PIECES = 2000

/** How many elements it takes, or nearly. */
function countPieces(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    if (block.kind === 'code') return sum + 1
    if (block.kind !== 'list') return sum + 1 + block.spans.length
    return block.entries.reduce((inner, spans) => inner + 1 + spans.length, sum + 1)
  }, 0)
}

/** A note as it is shown. */
export function readNote(source: string): readonly Block[] {
  const blocks = parseMarkdown(source)
  if (countPieces(blocks) <= MOST_PIECES) return blocks
  return [{ kind: 'paragraph', spans: [{ kind: 'text', text: source }] }]
}

const HEADING = /^#{1,6}\s+(.*)$/
const ENTRY = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/
const FENCE = /^\s{0,3}```/

export function parseMarkdown(source: string): readonly Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at]
    const heading = HEADING.exec(line)
    if (line.trim() === '') at += 1
    else if (FENCE.test(line)) {
      let end = at + 1
      while (end < lines.length && !FENCE.test(lines[end])) end += 1
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') })
      at = end + 1
    } else if (heading) {
      blocks.push({ kind: 'heading', spans: parseSpans(heading[1]) })
      at += 1
    } else if (ENTRY.test(line)) {
      const begun = at
      while (at < lines.length && ENTRY.test(lines[at])) at += 1
      const entries = lines.slice(begun, at).map((entry) => ENTRY.exec(entry))
      blocks.push({
        kind: 'list',
        ordered: entries[0]?.[1] !== undefined,
        entries: entries.map((entry) => parseSpans(entry?.[2] ?? '')),
      })
    } else {
      const begun = at
      while (at < lines.length && isPlain(lines[at])) at += 1
      blocks.push({ kind: 'paragraph', spans: parseSpans(lines.slice(begun, at).join('\n')) })
    }
  }
  return blocks
}

const isPlain = (line: string): boolean =>
  line.trim() !== '' && !FENCE.test(line) && !HEADING.test(line) && !ENTRY.test(line)

// A link's parts are bounded: of thousands that are not closed each would be looked for to the end of the note.
const SPAN =
  /`([^`\n]+)`|\*\*(\S(?:[^*]*\S)?)\*\*|__(\S(?:[^_]*\S)?)__|\*([^\s*](?:[^*]*[^\s*])?)\*(?!\*)|(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)|\[([^\]\n]{1,500})\]\(([^)\s]{1,2000})\)/g

function parseSpans(text: string): readonly Span[] {
  const spans: Span[] = []
  let last = 0
  for (const found of text.matchAll(SPAN)) {
    const [whole, code, strong, strong2, emphasis, emphasis2, link, address] = found
    if (found.index > last) spans.push({ kind: 'text', text: text.slice(last, found.index) })
    if (code !== undefined) spans.push({ kind: 'code', text: code })
    else if (strong !== undefined || strong2 !== undefined) spans.push({ kind: 'strong', text: strong ?? strong2 })
    else if (link !== undefined) spans.push({ kind: 'link', text: link, address })
    else spans.push({ kind: 'emphasis', text: emphasis ?? emphasis2 })
    last = found.index + whole.length
  }
  if (last < text.length) spans.push({ kind: 'text', text: text.slice(last) })
  return spans
}
