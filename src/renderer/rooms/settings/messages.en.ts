/** The Settings room's words. */
export const en = {
  look: {
    title: 'Look',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { system: 'As the system', en: 'English', ko: '한국어' },
    motion: 'Motion',
    motions: { system: 'As the system', reduced: 'Reduced' },
    motionHelp: 'With reduced motion nothing plays by itself: a recall is shown in steps.',
  },
  data: {
    title: 'Your data',
    help: 'Every run, model and drawing lies in this folder, on this computer only. To remove the lab’s data, close the lab and delete the folder.',
    open: 'Open folder',
  },
  about: {
    title: 'About',
    version: 'Engram Lab {version}',
    text: 'An offline laboratory for networks that remember. It needs no network and no account.',
    cores: 'Processor cores',
    kernel: 'Kernel',
  },
}
