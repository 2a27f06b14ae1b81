/** Every function of every compiled kernel against its scalar twin. */
import { describe, expect, it } from 'vitest'
import type { KernelName } from '../../../src/engine'
import type { KernelFunctions } from '../../../src/engine/kernels/kernel-functions'
import { Arena } from './support/arena'
import type { Filling } from './support/arena'
import { CASES } from './support/cases'
import type { KernelCase } from './support/cases'
import { codeOf, KERNELS } from './support/codes'

const SUBJECTS = [...new Set(CASES.map(({ subject }) => subject))]
const CODES = new Map(KERNELS.map((name) => [name, codeOf(name)]))

interface Outcome {
  readonly arena: Arena
  readonly answer: number | void
}

function outcomeOf(name: KernelName, { subject, name: shape, call }: KernelCase, filling: Filling): Outcome {
  const code = CODES.get(name)
  if (!code) throw new RangeError(name)
  const arena = new Arena(code, `${subject} ${shape}`, filling)
  return { arena, answer: call(arena) }
}

/** Where two outcomes differ in bits, any NaN being like another: its bits are left open by WebAssembly. */
function differencesOf(a: Outcome, b: Outcome): string[] {
  const [here, there] = [a.arena.values, b.arena.values]
  const places = here.flatMap((value, i) => (Object.is(value, there[i]) ? [] : [`${i}: ${value} for ${there[i]}`]))
  return Object.is(a.answer, b.answer) ? places : [`answer: ${a.answer} for ${b.answer}`, ...places]
}

/** Largest difference of the numbers, as a share of the largest. */
function distanceOf(a: Outcome, b: Outcome): number {
  const all = ({ arena, answer }: Outcome): number[] => [...arena.values, answer ?? 0]
  const [here, there] = [all(a), all(b)]
  const scale = Math.max(...there.map(Math.abs))
  return Math.max(...here.map((value, i) => Math.abs(value - there[i]))) / scale
}

const casesOf = (subject: keyof KernelFunctions): KernelCase[] => CASES.filter((each) => each.subject === subject)

/** A product of 33 terms whose sums round once a term less. */
const FUSED_TOLERANCE = 1e-6

describe.each(SUBJECTS)('%s', (subject) => {
  it.each<Filling>(['ordinary', 'special'])('simd gives the bits of its scalar twin on %s numbers', (filling) => {
    for (const each of casesOf(subject)) {
      const [found, expected] = [outcomeOf('simd', each, filling), outcomeOf('scalar', each, filling)]
      expect(differencesOf(found, expected), each.name).toEqual([])
      expect(found.arena.isGuarded, `simd ${each.name}`).toBe(true)
      expect(expected.arena.isGuarded, `scalar ${each.name}`).toBe(true)
    }
  })

  it('the fused kernels differ from the scalar twin by roundings alone', () => {
    for (const each of casesOf(subject)) {
      const [fused, expected] = [outcomeOf('relaxed-simd', each, 'ordinary'), outcomeOf('scalar', each, 'ordinary')]
      expect(distanceOf(fused, expected), each.name).toBeLessThan(FUSED_TOLERANCE)
      expect(fused.arena.isGuarded, each.name).toBe(true)
    }
  })

  it.each<Filling>(['ordinary', 'special'])('both fused kernels give the same bits on %s numbers', (filling) => {
    for (const each of casesOf(subject)) {
      const [wide, narrow] = [outcomeOf('relaxed-simd-256', each, filling), outcomeOf('relaxed-simd', each, filling)]
      expect(differencesOf(wide, narrow), each.name).toEqual([])
      expect(wide.arena.isGuarded, each.name).toBe(true)
    }
  })
})

it('every function has cases, and none of them reads out of bounds or makes NaN of ordinary numbers', () => {
  const { run } = new Arena({ name: 'scalar' }, '', 'ordinary')
  expect(new Set(SUBJECTS)).toEqual(new Set(Object.keys(run).filter((name) => !/probe|constantsEnd/.test(name))))
  for (const each of CASES) expect(outcomeOf('scalar', each, 'ordinary').arena.values.some(Number.isNaN)).toBe(false)
})

it('tells whether a multiply-add rounds once', () => {
  const probes = KERNELS.map((name) => new Arena(codeOf(name), '', 'ordinary').run.probe())
  expect(probes).toEqual([2 ** -46, 2 ** -46, 0, 0])
})
