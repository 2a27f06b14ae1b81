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
      const close = lines.findIndex((other, i) => i > at && FENCE.test(other))
      const end = close < 0 ? lines.length : close
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

const SPAN =
  /`([^`\n]+)`|\*\*(\S(?:[^*]*\S)?)\*\*|__(\S(?:[^_]*\S)?)__|\*([^\s*](?:[^*]*[^\s*])?)\*(?!\*)|(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)|\[([^\]\n]+)\]\(([^)\s]+)\)/g

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
