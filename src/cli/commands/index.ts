/** Every command, in the order of the help. Each is loaded only when it is called. */
import type { CommandEntry } from '../frame/command'

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'runs list',
    summary: 'the runs, newest first',
    load: async () => (await import('./runs')).runsList,
  },
  {
    name: 'runs show',
    summary: 'one run: its row, configuration and points',
    load: async () => (await import('./runs')).runsShow,
  },
  {
    name: 'doctor',
    summary: 'versions, folders and the health of the database',
    load: async () => (await import('./doctor')).doctor,
  },
]
