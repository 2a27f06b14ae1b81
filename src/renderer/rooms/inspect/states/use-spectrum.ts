/** The eigenvalues of one layer's W_hh. A large network's take seconds: they are ended when nobody looks any more. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { LabError } from '../../../../shared'
import type { WeightSpectrum } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import type { ViewSubject } from '../view-subject'

export interface AskedSpectrum {
  /** A gate each; empty while it is waited for. */
  readonly spectra: ShallowRef<readonly WeightSpectrum[]>
  readonly isWaiting: ShallowRef<boolean>
}

export function useSpectrum(subject: () => ViewSubject, layer: () => number): AskedSpectrum {
  const notices = useNoticesStore()
  const spectra = shallowRef<readonly WeightSpectrum[]>([])
  const isWaiting = shallowRef(false)
  let asked = 0

  async function ask(): Promise<void> {
    asked += 1
    const mine = asked
    spectra.value = []
    isWaiting.value = true
    try {
      const found = await lab.inspect.spectrum({ ...subject().model, layer: layer() })
      if (mine === asked) spectra.value = found
    } catch (error) {
      if (mine === asked && !(error instanceof LabError && error.code === 'E_CANCELLED')) notices.fail(error)
    }
    if (mine === asked) isWaiting.value = false
  }

  watch(
    () => [subject().model, subject().trace.model.step, layer()],
    () => void ask(),
    { immediate: true },
  )
  onScopeDispose(() => {
    asked += 1
    if (isWaiting.value) void lab.inspect.stopSpectrum({}).catch(() => undefined)
  })
  return { spectra, isWaiting }
}
