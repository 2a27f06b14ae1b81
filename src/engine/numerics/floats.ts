/** Both precisions the engine runs in: float32 in use, float64 in the checks of the very same code. */
export type Floats = Float32Array | Float64Array
export type Precision = 'float32' | 'float64'

export function createFloats(precision: Precision, length: number): Floats {
  return precision === 'float32' ? new Float32Array(length) : new Float64Array(length)
}
