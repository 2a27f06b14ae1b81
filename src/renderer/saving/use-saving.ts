/** Saves what a room shows: a picture as PNG, a table as CSV, anything else as text. Main asks where. */
import { useI18n } from 'vue-i18n'
import { writeCsv } from '../../shared'
import type { CsvCell, SaveKind } from '../../shared'
import { lab } from '../bridge/lab'
import { useThemeColours } from '../composables/use-theme-colours'
import { useNoticesStore } from '../stores/notices.store'
import { composePicture } from './picture'
import type { PictureRequest } from './picture'

export interface TableRequest {
  readonly header: readonly string[]
  readonly rows: Iterable<readonly CsvCell[]>
}

export interface Saving {
  readonly savePicture: (name: string, request: PictureRequest) => Promise<boolean>
  readonly saveTable: (name: string, request: TableRequest) => Promise<boolean>
  readonly saveText: (name: string, kind: 'json' | 'txt', text: string) => Promise<boolean>
}

/** So that a spreadsheet takes Hangul for what it is. */
const BYTE_ORDER_MARK = '\ufeff'

export function useSaving(): Saving {
  const { t } = useI18n()
  const notices = useNoticesStore()
  const colours = useThemeColours()

  const save = (kind: SaveKind, name: string, make: () => Promise<Uint8Array<ArrayBuffer>>): Promise<boolean> =>
    notices.attempt(async () => {
      const saved = await lab.files.save({ kind, name: name.slice(0, 120) || 'engram', bytes: await make() })
      if (saved) notices.show({ kind: 'done', text: t('saving.saved', { name: saved.name }) })
    })
  const encode = async (text: string): Promise<Uint8Array<ArrayBuffer>> => new TextEncoder().encode(text)

  return {
    savePicture: (name, request) => save('png', name, () => composePicture(request, colours.value)),
    saveTable: (name, { header, rows }) => save('csv', name, () => encode(BYTE_ORDER_MARK + writeCsv(header, rows))),
    saveText: (name, kind, text) => save(kind, name, () => encode(text)),
  }
}
