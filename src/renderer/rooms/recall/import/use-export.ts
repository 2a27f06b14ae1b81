/** What is on the table as files: the patterns as text or JSON, the cue as a picture, as text or as real numbers. */
import { printPatternText, toRows } from '../../../../engine'
import { useI18n } from 'vue-i18n'
import { useThemeColours } from '../../../composables/use-theme-colours'
import { useSaving } from '../../../saving/use-saving'
import { drawPixels } from '../editor/draw-grid'
import { useRecallStore } from '../recall.store'

/** A cell of a saved picture, in CSS pixels; a large grid's cells are smaller. */
const CELL = 16
const MOST_SIDE = 1024

export function useRecallExport() {
  const { t } = useI18n()
  const table = useRecallStore()
  const colours = useThemeColours()
  const { savePicture, saveText } = useSaving()

  /** What the network holds, so that the command line recalls from the file what the room does; the shelf where it holds none. */
  const patterns = () => (table.stored.length > 0 ? table.stored : table.shelf).map(({ pattern }) => pattern)

  return {
    patternsAsText: () => saveText(t('recall.export.patterns'), 'txt', printPatternText(patterns())),
    patternsAsJson: () => {
      const { width, height } = table
      return saveText(
        t('recall.export.patterns'),
        'json',
        `${JSON.stringify({ width, height, patterns: patterns() }, null, 2)}\n`,
      )
    },
    cueAsText: () =>
      saveText(
        t('recall.export.cue'),
        'txt',
        printPatternText([{ name: t('recall.export.cue'), rows: toRows(table.cue, table.width) }]),
      ),
    /** Real numbers, bipolar ones too: rows of values. */
    cueAsJson: () => {
      const rows = Array.from({ length: table.height }, (_, row) =>
        Array.from(table.drawn.subarray(row * table.width, (row + 1) * table.width)),
      )
      return saveText(t('recall.export.cue'), 'json', `${JSON.stringify({ values: rows })}\n`)
    },
    cueAsPicture: () => {
      const { drawn: values, width, height } = table
      const cell = Math.max(1, Math.min(CELL, Math.floor(MOST_SIDE / Math.max(width, height))))
      const pixels = document.createElement('canvas')
      drawPixels(pixels, { values, width, height, reference: null, active: null, cursor: null }, colours.value)
      return savePicture(t('recall.export.cue'), {
        title: t('recall.export.cue'),
        source: {
          width: width * cell,
          height: height * cell,
          draw: (pen) => {
            pen.imageSmoothingEnabled = false
            pen.drawImage(pixels, 0, 0, width * cell, height * cell)
          },
        },
      })
    },
  }
}
