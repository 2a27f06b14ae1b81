/** `answers`: how much of a memory task’s answers a network gives right, at each distance. */
import { taskDistances } from '../../lab'
import { MEMORY_TASKS } from '../../shared'
import type { TaskAnswers } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asWhole, required, valued } from '../frame/options'
import { distanceOption, singleDistanceAdvice } from './distances'
import { MODEL_OPTIONS, modelChoice } from './model-options'
import { table } from './visible'

interface AnswersDocument extends TaskAnswers {
  readonly share: number
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

export const answers = defineCommand({
  name: 'answers',
  summary: 'how much of a memory task’s answers a network gives right, at each distance',
  example: 'answers --run RUN --task delay --distance 1-24 --json',
  options: {
    ...MODEL_OPTIONS,
    task: required('TASK', MEMORY_TASKS.join(', '), asChoice(MEMORY_TASKS)),
    distance: distanceOption('the distance that is tested, or a range whose every distance is'),
    seed: valued('N', 'seed of the problems; not that of the text it learnt', 1_000_000, asWhole(0, 2 ** 32 - 1)),
  },
  run: async ({ options, openLab, tell, progress }): Promise<AnswersDocument> => {
    const choice = modelChoice(options)
    const { task, seed } = options
    const tested = taskDistances(task, options.distance)
    const lab = await openLab()
    const found: TaskAnswers[] = []
    for (const distance of tested) {
      progress(`distance ${distance} of ${tested[0]} to ${tested[tested.length - 1]}`)
      found.push(await lab.analysis.answers(choice, { task, distances: [distance], seed }))
    }
    const advice = singleDistanceAdvice(task, options.distance)
    if (advice !== null) tell(advice)
    const total = (of: 'right' | 'answers'): number => found.reduce((sum, one) => sum + one[of], 0)
    const [right, asked] = [total('right'), total('answers')]
    const distances = found.flatMap((one) => one.distances)
    return { right, answers: asked, chance: found[0].chance, share: right / asked, distances }
  },
  print: ({ right, answers: asked, share, chance, distances }) => {
    const all = `${right} of ${asked} right, ${percent(share)}${chance === null ? '' : ` (chance ${percent(chance)})`}`
    if (distances.length === 1) return all
    const rows = distances.map((one) => [
      `distance ${one.distance}`,
      `${one.right} of ${one.answers}`,
      percent(one.share),
    ])
    return `${table(rows)}\n${all}`
  },
})
