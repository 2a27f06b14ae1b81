/** The lab's door: what a shell needs to open it. */
export { chooseDataDirectory, findDataPlace } from './data-directory'
export type { DataPlace } from './data-directory'
export type { Clock, LabHost, WorkerName } from './host'
export { WORKER_NAMES } from './host'
export type * from './lab'
export type { Attractor, BasinPoint, CapacityPoint, ExperimentResults, LandscapeAxes, PathPoint } from '../engine'
export { assertWritable, copyModel } from './models/export-model'
export { assertNotOwnData } from './carry/own-data'
export { readPersonFile, readPersonFileHead, writePersonFile } from './files/person-files'
export { writeTaskText } from './corpora/task-file'
export { toRows } from '../engine'
export { createNodeHost } from './node-host'
export type { NodeHostChoice } from './node-host'
export { openLab } from './open-lab'
export {
  assertIdle,
  forgetUnpacked,
  lookAtBackup,
  moveData,
  oldDataOf,
  putInPlace,
  removeOldData,
  unpackBackup,
} from './carry/data-exchange'
export type { DataTask, UnpackedBackup } from './carry/data-exchange'
export { examineTarget } from './carry/move-target'
export { restoreData } from './carry/restore-data'
export { readCueFile, readPatternFile, spoilPattern, toNamedPatterns } from './patterns/pattern-file'
