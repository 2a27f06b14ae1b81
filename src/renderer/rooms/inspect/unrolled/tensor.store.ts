/** A model's parameters as they are asked for, each once as long as the model is the same. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ModelReference, ModelTensor } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'

export const useTensorStore = defineStore('tensor', () => {
  const notices = useNoticesStore()
  const tensor = shallowRef<ModelTensor | null>(null)
  const known = new Map<string, ModelTensor>()
  let of = ''
  let asked = 0

  /** @param version of the model's parameters: its step */
  async function show(model: ModelReference, version: number | null, name: string): Promise<void> {
    const key = JSON.stringify([model, version])
    if (key !== of) known.clear()
    of = key
    asked += 1
    const mine = asked
    const found = known.get(name)
    if (found) {
      tensor.value = found
      return
    }
    await notices.attempt(async () => {
      const answer = await lab.inspect.tensor({ ...model, name })
      if (key === of) known.set(name, answer)
      if (mine === asked) tensor.value = answer
    })
  }

  return { tensor, show }
})
