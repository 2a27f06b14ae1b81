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
import { i18n } from '../../../i18n'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRecallStore } from '../recall.store'
import { useImportStore } from '../import/import.store'
import { withinOne } from '../import/picture-cue'
import type { Piece } from './region'

const TOLD_MS = 10_000

export interface CueClipboard {
  readonly copy: () => void
  readonly paste: (event: ClipboardEvent) => void
  /** What was copied in the lab last, without the clipboard. */
  readonly pasteCopied: () => void
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

  /** Lays a piece on the table, and tells of one that the grid is too small for. */
  function lay(piece: Piece | null): void {
    if (!piece) return
    table.paste(piece)
    const { width, height } = table
    if (piece.width <= width && piece.height <= height) return
    const sizes = { width: piece.width, height: piece.height, gridWidth: width, gridHeight: height }
    notices.show({ kind: 'done', text: i18n.global.t('recall.edit.cutOff', sizes), forMs: TOLD_MS })
  }

  function pasteText(text: string): void {
    if (text === offered || text.trim() === '') return lay(table.copied)
    void notices.attempt(async () => {
      const { values, width, height } = withEngineErrors(() => readPiece(text))
      lay({ values, width, height })
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
    pasteCopied: () => lay(table.copied),
  }
}
