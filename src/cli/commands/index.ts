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
