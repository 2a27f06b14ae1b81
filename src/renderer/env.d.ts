/// <reference types="vite/client" />
import type { LabBridge } from '../shared/ipc'

declare global {
  interface Window {
    readonly lab: LabBridge<File>
  }
}
