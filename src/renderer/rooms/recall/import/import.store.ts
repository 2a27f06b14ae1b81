/** A file on its way to the table: chosen, dropped or pasted, read, and shown before anything is taken from it. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { LabError, MOST_OPENED_BYTES } from '../../../../shared'
import type { OpenKind } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRecallStore } from '../recall.store'
import { bestThreshold, fitToGrid, realCue, withinOne } from './picture-cue'
import { readImport } from './read-import'
import type { Import } from './read-import'

const MIB = 1024 ** 2

export const useImportStore = defineStore('recall-import', () => {
  const notices = useNoticesStore()
  const table = useRecallStore()
  const found = shallowRef<Import | null>(null)
  const threshold = ref(0.5)
  const isInverted = ref(false)

  /** The picture on the table's grid: real numbers, dark as +1. */
  const picture = computed(() => {
    if (found.value?.kind !== 'picture') return null
    return realCue(fitted.value, threshold.value, isInverted.value)
  })
  const fitted = computed(() =>
    found.value?.kind === 'picture' ? fitToGrid(found.value.picture, table.width, table.height) : new Float32Array(0),
  )

  async function read(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // A file that was brought in from another room comes before this one has its table.
    if (table.neurons === 0) await table.open()
    const next = await readImport(name, bytes)
    if (next.kind === 'cue') {
      takeRealCue(next.name, next.cue)
      return
    }
    found.value = next
    isInverted.value = false
    if (next.kind === 'picture') threshold.value = bestThreshold(fitted.value)
  }

  function takeRealCue(
    name: string,
    { width, height, values }: { width: number; height: number; values: Float64Array },
  ) {
    if (width !== table.width || height !== table.height) {
      const wanted = { wantedWidth: table.width, wantedHeight: table.height }
      throw new LabError('E_PATTERN_SIZE', { name, width, height, ...wanted })
    }
    table.takeDrawing(withinOne(values), null)
  }

  return {
    found,
    threshold,
    isInverted,
    picture,
    /** Asks for a file by the system's dialog. */
    choose: (kind: OpenKind) =>
      notices.attempt(async () => {
        const opened = await lab.files.open({ kind })
        if (opened) await read(opened.name, new Uint8Array(opened.bytes))
      }),
    /** One that was chosen among others. */
    takeChosen: (token: string) =>
      notices.attempt(async () => {
        const { name, bytes } = await lab.files.read({ token })
        await read(name, new Uint8Array(bytes))
      }),
    /** A file that was dropped or pasted. */
    take: (file: File) =>
      notices.attempt(async () => {
        if (file.size > MOST_OPENED_BYTES) {
          const size = `${Math.ceil(file.size / MIB)} MiB`
          throw new LabError('E_FILE_TOO_LARGE', { file: file.name, size, limit: `${MOST_OPENED_BYTES / MIB} MiB` })
        }
        await read(file.name, new Uint8Array(await file.arrayBuffer()))
      }),
    close: () => (found.value = null),
  }
})
