/** The page's bridge: functions, never a channel's name. Made from the contract, without logic of its own. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CALL_CHANNEL, CALLS, DROP_CHANNEL, DROP_MODEL_CHANNEL, DROP_RUNS_CHANNEL, EVENT_CHANNEL } from '../shared/ipc'
import type { EventBatch, LabBridge } from '../shared/ipc'

const groups = Object.entries(CALLS).map(([group, calls]) => {
  const functions = Object.keys(calls).map((name) => [
    name,
    (input: unknown) => ipcRenderer.invoke(CALL_CHANNEL, `${group}.${name}`, input),
  ])
  return [group, Object.fromEntries(functions)]
})

/** Electron before 29 keeps the path on the file itself. */
function pathOf(file: File): string {
  return webUtils?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? ''
}

const bridge = {
  ...Object.fromEntries(groups),
  dropFiles: (files: readonly File[]) => ipcRenderer.invoke(DROP_CHANNEL, files.map(pathOf)),
  dropRuns: (files: readonly File[]) => ipcRenderer.invoke(DROP_RUNS_CHANNEL, files.map(pathOf)),
  dropModel: (file: File) => ipcRenderer.invoke(DROP_MODEL_CHANNEL, [pathOf(file)]),
  onEvents: (listener: (batch: EventBatch) => void) => {
    const hear = (_event: unknown, batch: EventBatch): void => {
      listener(batch)
      void ipcRenderer.invoke(CALL_CHANNEL, 'events.acknowledge', { sequence: batch.sequence })
    }
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => ipcRenderer.off(EVENT_CHANNEL, hear)
  },
} as unknown as LabBridge<File>

contextBridge.exposeInMainWorld('lab', bridge)
