/**
 * Copying and pasting cells: as pattern text for other programs, and as they are within the lab. Without the permission
 * that a page would need to read or write the clipboard by itself, the browser's own copy and paste are used.
 */
import {
  looksLikeJson,
  parsePatternJson,
  parsePatternText,
  printPatternText,
  toBipolar,
  toRows,
} from '../../../../engine'
import { withEngineErrors } from '../../../../shared'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRecallStore } from '../recall.store'
import { useImportStore } from '../import/import.store'
import { withinOne } from '../import/picture-cue'
import type { Piece } from './region'

export interface CueClipboard {
  readonly copy: () => void
  readonly paste: (event: ClipboardEvent) => void
}

/** The first pattern, or the real numbers, of a text from elsewhere. */
function readPiece(text: string): Piece {
  if (!looksLikeJson(text)) return parsePatternText(text, 'clipboard')[0]
  const found = parsePatternJson(text, 'clipboard')
  return found.kind === 'cue' ? { ...found.cue, values: withinOne(found.cue.values) } : found.patterns[0]
}

function asText({ values, width }: Piece): string {
  return printPatternText([{ name: 'copied', rows: toRows(toBipolar(values), width) }])
}

/** Puts text on the clipboard by a copy event of its own. */
function offer(text: string): void {
  const listen = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData?.setData('text/plain', text)
  }
  document.addEventListener('copy', listen, { capture: true, once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', listen, { capture: true })
}

export function useCueClipboard(): CueClipboard {
  const table = useRecallStore()
  const importing = useImportStore()
  const notices = useNoticesStore()
  let offered = ''

  function pasteText(text: string): void {
    if (text === offered || text.trim() === '') {
      table.paste()
      return
    }
    void notices.attempt(async () => {
      const { values, width, height } = withEngineErrors(() => readPiece(text))
      table.paste({ values, width, height })
    })
  }

  return {
    copy: () => {
      offered = asText(table.copy())
      offer(offered)
    },
    paste: ({ clipboardData }) => {
      const [file] = clipboardData?.files ?? []
      if (file) void importing.take(file)
      else pasteText(clipboardData?.getData('text/plain') ?? '')
    },
  }
}
