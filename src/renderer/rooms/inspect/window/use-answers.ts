/** What a window and a recurrent network answer to two histories. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { ModelReference, Trace } from '../../../../shared'
import { LabError } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import type { Histories } from './two-histories'

export const ROLES = ['window', 'recurrent'] as const
export type Role = (typeof ROLES)[number]

export interface Answers {
  readonly first: Trace
  readonly second: Trace
}

export interface RoleAnswers {
  readonly answers: Answers | null
  readonly error: LabError | null
}

const TOP = 20
const ASK_DELAY_MS = 200
const NOTHING: RoleAnswers = { answers: null, error: null }

export function useAnswers(
  model: (role: Role) => ModelReference | null,
  histories: () => Histories,
  skipUnknown: () => boolean,
): ShallowRef<Readonly<Record<Role, RoleAnswers>>> {
  const answers = shallowRef<Readonly<Record<Role, RoleAnswers>>>({ window: NOTHING, recurrent: NOTHING })
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(role: Role, mine: number): Promise<void> {
    const of = model(role)
    const { first, second, shared } = histories()
    let found = NOTHING
    if (of !== null && shared !== '') {
      const question = { ...of, top: TOP, skipUnknown: skipUnknown() }
      try {
        const [one, other] = await Promise.all([
          lab.inspect.trace({ ...question, text: first + shared, lane: `${role}-first` }),
          lab.inspect.trace({ ...question, text: second + shared, lane: `${role}-second` }),
        ])
        found = { answers: { first: one, second: other }, error: null }
      } catch (error) {
        const known = error instanceof LabError ? error : new LabError('E_INTERNAL', { what: String(error) })
        found = { answers: null, error: known }
      }
    }
    if (mine === asked) answers.value = { ...answers.value, [role]: found }
  }

  watch(
    () => [histories(), skipUnknown(), model('window'), model('recurrent')],
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        asked += 1
        for (const role of ROLES) void ask(role, asked)
      }, ASK_DELAY_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asked += 1
  })
  return answers
}
