/** Every command, in the order of the help. Each is loaded only when it is called. */
import type { CommandEntry } from '../frame/command'

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'train',
    summary: 'train a network on a text',
    load: async () => (await import('./train')).train,
  },
  {
    name: 'trace',
    summary: 'hidden states and expectations of a network that reads a text',
    load: async () => (await import('./trace')).trace,
  },
  {
    name: 'gradients',
    summary: 'how far back the prediction of a text’s last symbol reaches',
    load: async () => (await import('./gradients')).gradients,
  },
  {
    name: 'sample',
    summary: 'text that a network writes',
    load: async () => (await import('./sample')).sample,
  },
  {
    name: 'eval',
    summary: 'how well a network predicts a text',
    load: async () => (await import('./eval')).evaluate,
  },
  {
    name: 'answers',
    summary: 'how much of a memory task’s answers a network gives right, at each distance',
    load: async () => (await import('./answers')).answers,
  },
  {
    name: 'baseline',
    summary: 'what counting n-grams reaches on the held-out text',
    load: async () => (await import('./baseline')).baseline,
  },
  {
    name: 'corpus inspect',
    summary: 'what a text is, and what reading it changes',
    load: async () => (await import('./corpus')).corpusInspect,
  },
  {
    name: 'corpus generate',
    summary: 'write a text that asks for memory over a distance',
    load: async () => (await import('./corpus')).corpusGenerate,
  },
  {
    name: 'recall',
    summary: 'let a Hopfield network recall a spoilt pattern',
    load: async () => (await import('./recall')).recall,
  },
  {
    name: 'capacity',
    summary: 'how many random patterns a Hopfield network can hold',
    load: async () => (await import('./capacity')).capacity,
  },
  {
    name: 'basin',
    summary: 'how far a cue may be from a pattern and still be recalled',
    load: async () => (await import('./basin')).basin,
  },
  {
    name: 'attractors',
    summary: 'where a Hopfield network ends from random states',
    load: async () => (await import('./attractors')).attractors,
  },
  {
    name: 'landscape',
    summary: 'the energy over a plane through stored patterns',
    load: async () => (await import('./landscape')).landscape,
  },
  {
    name: 'bench',
    summary: 'how fast training is on this machine',
    load: async () => (await import('./bench')).bench,
  },
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
    name: 'runs compare',
    summary: 'the settings in which runs differ, and their results',
    load: async () => (await import('./runs-compare')).runsCompare,
  },
  {
    name: 'runs repeat',
    summary: 'train a run again and compare the digests',
    load: async () => (await import('./runs-repeat')).runsRepeat,
  },
  {
    name: 'runs export',
    summary: 'write runs into one .engram file that another lab can read',
    load: async () => (await import('./runs-carry')).runsExport,
  },
  {
    name: 'runs import',
    summary: 'take runs in from an .engram file, or a model in safetensors',
    load: async () => (await import('./runs-carry')).runsImport,
  },
  {
    name: 'runs tag',
    summary: 'give a run a tag, or take it off',
    load: async () => (await import('./runs-marks')).runsTag,
  },
  {
    name: 'runs note',
    summary: 'write a note about a run',
    load: async () => (await import('./runs-marks')).runsNote,
  },
  {
    name: 'runs star',
    summary: 'mark a run, or take the mark off',
    load: async () => (await import('./runs-marks')).runsStar,
  },
  {
    name: 'runs archive',
    summary: 'leave a run out of the list, or take it in again',
    load: async () => (await import('./runs-marks')).runsArchive,
  },
  {
    name: 'runs delete',
    summary: 'put a run into the bin',
    load: async () => (await import('./runs-bin')).runsDelete,
  },
  {
    name: 'runs restore',
    summary: 'take a run out of the bin',
    load: async () => (await import('./runs-bin')).runsRestore,
  },
  {
    name: 'handoff',
    summary: 'write a folder in which PyTorch goes on with a run’s model',
    load: async () => (await import('./handoff')).handoff,
  },
  {
    name: 'backup',
    summary: 'write the whole data directory into one file',
    load: async () => (await import('./backup')).backup,
  },
  {
    name: 'restore',
    summary: 'put a backup in the place of the data directory',
    load: async () => (await import('./backup')).restore,
  },
  {
    name: 'doctor',
    summary: 'versions, folders and the health of the database',
    load: async () => (await import('./doctor')).doctor,
  },
]
