/** `handoff`: a folder in which PyTorch goes on with a run's model. */
import { resolve } from 'node:path'
import { defineCommand } from '../frame/command'
import { asName, flag, required } from '../frame/options'

interface HandoffDocument {
  readonly run: string
  readonly folder: string
}

export const handoff = defineCommand({
  name: 'handoff',
  summary: 'write a folder in which PyTorch goes on with a run’s model',
  example: 'handoff --run RUN --out for-the-cluster',
  options: {
    run: required('RUN', 'whose last parameters go along', asName),
    best: flag('those with the smallest validation loss instead'),
    out: required('DIR', 'the folder that is written', asName),
    force: flag('write into --out although it is not empty'),
  },
  run: async ({ openLab, options }): Promise<HandoffDocument> => {
    const { run, best, force: overwrite } = options
    const folder = resolve(options.out)
    await (await openLab()).carry.handOff(run, { folder, overwrite, best })
    return { run, folder }
  },
  print: ({ folder }) => `${folder}: "python3 train.py --steps 1000" goes on there`,
})
