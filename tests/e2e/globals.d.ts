/** The bridge, as the page sees it. */
import type { LabBridge } from '../../src/shared'

declare global {
  interface Window {
    readonly lab: LabBridge<File>
  }
}
