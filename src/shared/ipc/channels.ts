/** Channel names, used by main and preload alone; the page never sees one. */
export const CALL_CHANNEL = 'lab:call'
export const DROP_CHANNEL = 'lab:drop'
export const EVENT_CHANNEL = 'lab:events'
export const DROP_RUNS_CHANNEL = 'lab:drop-runs'
export const DROP_MODEL_CHANNEL = 'lab:drop-model'
