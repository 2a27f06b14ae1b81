/** In which order the units are drawn: as they are numbered, or by the time step at which each is most active. */

export const UNIT_ORDERS = ['index', 'peak'] as const
export type UnitOrder = (typeof UNIT_ORDERS)[number]

/** One layer of a trace's (T, L, H) values. */
export interface LayerValues {
  readonly values: Float32Array
  readonly steps: number
  readonly layers: number
  readonly units: number
  readonly layer: number
}

/** (H) the time step of each unit's greatest |value|; of equals the earliest. */
export function peakSteps({ values, steps, layers, units, layer }: LayerValues): Uint32Array {
  const peaks = new Uint32Array(units)
  const greatest = new Float32Array(units).fill(-1)
  for (let t = 0; t < steps; t++) {
    for (let unit = 0; unit < units; unit++) {
      const activity = Math.abs(values[(t * layers + layer) * units + unit])
      if (activity <= greatest[unit]) continue
      greatest[unit] = activity
      peaks[unit] = t
    }
  }
  return peaks
}

/** (H) units from top to bottom; those that peak together stay in the order of their numbers. */
export function orderUnits(of: LayerValues, order: UnitOrder): Uint32Array {
  const units = Uint32Array.from({ length: of.units }, (_, unit) => unit)
  if (order === 'index') return units
  const peaks = peakSteps(of)
  return units.sort((a, b) => peaks[a] - peaks[b] || a - b)
}
