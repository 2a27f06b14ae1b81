/** One layer of a snapshot as a picture: units down, time steps across. */
import type { RunSnapshot } from '../../../shared'

/** @returns (H, T), row-major, from the snapshot's (T, L, H) */
export function unitsByTime({ hidden, layers, units, probe }: RunSnapshot, layer: number): Float32Array {
  const steps = probe.length
  const picture = new Float32Array(units * steps)
  for (let t = 0; t < steps; t++) {
    const from = (t * layers + layer) * units
    for (let unit = 0; unit < units; unit++) picture[unit * steps + t] = hidden[from + unit]
  }
  return picture
}
