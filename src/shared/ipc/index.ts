/** The contract between the page and main, alone: what preload may import. */
export { CALLS, MENU_COMMANDS } from './contract'
export type { AppInfo, EventBatch, LabEvent, MenuCommand } from './contract'
export type { CallName, LabBridge, LabCalls, LabHandlers, Result } from './derived'
export { CALL_CHANNEL, DROP_CHANNEL, DROP_MODEL_CHANNEL, DROP_RUNS_CHANNEL, EVENT_CHANNEL } from './channels'
