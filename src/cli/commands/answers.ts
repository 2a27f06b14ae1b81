/** `answers`: how much of a memory task's answers a network gives right. */
import { MEMORY_TASKS } from '../../shared'
import type { TaskAnswers } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asWhole, required, valued } from '../frame/options'
import { MODEL_OPTIONS, modelChoice } from './model-options'

interface AnswersDocument extends TaskAnswers {
  readonly share: number
}

export const answers = defineCommand({
  name: 'answers',
  summary: 'how much of a memory task’s answers a network gives right',
  example: 'answers --run RUN --task delay --distance 40 --json',
  options: {
    ...MODEL_OPTIONS,
    task: required('TASK', MEMORY_TASKS.join(', '), asChoice(MEMORY_TASKS)),
    distance: valued('N', 'symbols over which something is to be kept', 10, asWhole(1, 10_000)),
    seed: valued('N', 'seed of the problems; not that of the text it learnt', 1_000_000, asWhole(0, 2 ** 32 - 1)),
  },
  run: async ({ options, openLab }): Promise<AnswersDocument> => {
    const choice = modelChoice(options)
    const { task, distance, seed } = options
    const lab = await openLab()
    const found = await lab.analysis.answers(choice, { task, distance, seed })
    return { ...found, share: found.right / found.answers }
  },
  print: ({ right, answers: asked, share }) => `${right} of ${asked} right, ${(100 * share).toFixed(1)} %`,
})
