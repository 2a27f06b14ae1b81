/** The lab's door: what a shell needs to open it. */
export type { Clock, LabHost, WorkerName } from './host'
export { WORKER_NAMES } from './host'
export type * from './lab'
