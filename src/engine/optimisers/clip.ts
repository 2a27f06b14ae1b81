/** Clipping by the norm of all gradients together (Pascanu and others 2013), as PyTorch's clip_grad_norm_. */
import type { Floats } from '../numerics/floats'

/** Scales the gradients down to the norm `most` where theirs is larger; 0: never. @returns their norm before */
export function clipByNorm(gradients: Floats, most: number): number {
  let sum = 0
  for (let i = 0; i < gradients.length; i++) sum += gradients[i] * gradients[i]
  const norm = Math.sqrt(sum)
  const scale = most / (norm + 1e-6)
  if (most > 0 && scale < 1) for (let i = 0; i < gradients.length; i++) gradients[i] *= scale
  return norm
}
