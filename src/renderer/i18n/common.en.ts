/** What every room says. */
export const en = {
  app: { name: 'Engram Lab' },
  rooms: {
    recall: 'Recall',
    train: 'Train',
    inspect: 'Inspect',
    runs: 'Runs',
    settings: 'Settings',
    label: 'Rooms',
  },
  status: {
    label: 'Status',
    idle: 'Nothing is running',
    training: 'Training',
    experiment: 'Experiment',
    paused: 'Paused',
    percent: '{percent} %',
    left: 'about {duration} left',
    kernel: 'Kernel {kernel}',
    speed: '{speed} characters/s',
  },
  duration: { seconds: '{count} s', minutes: '{count} min', hours: '{count} h' },
  run: {
    status: {
      queued: 'queued',
      running: 'running',
      paused: 'paused',
      finished: 'finished',
      stopped: 'stopped',
      diverged: 'diverged',
      crashed: 'crashed',
      interrupted: 'interrupted',
    },
    elsewhere: 'in another process',
  },
  actions: {
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    settingsColumn: 'Settings of this room',
  },
  saving: { picture: 'Save as picture', table: 'Save as table (CSV)', saved: 'Saved as {name}' },
  chart: { step: 'Step', signed: 'Signed values from {low} to {high}' },
}
