/** What a process has found out about its machine: asked once, whichever lab needs it first. */
import { expect, it } from 'vitest'
import type { KernelWish } from '../../src/lab/kernels/choose-kernel'
import { knownKernel } from '../../src/lab/kernels/known-kernels'
import type { Kernel } from '../../src/shared'

const finder = (kernel: Kernel) => {
  const asked = { times: 0 }
  const find = async (): Promise<Kernel> => {
    asked.times += 1
    return kernel
  }
  return { asked, find }
}

it('a kernel that was chosen is not looked for again, by whoever asks', async () => {
  const { asked, find } = finder('relaxed-simd')
  expect(await Promise.all([knownKernel('/a', 'auto', find), knownKernel('/a', 'auto', find)])).toEqual([
    'relaxed-simd',
    'relaxed-simd',
  ])
  expect(await knownKernel('/a', 'auto', find)).toBe('relaxed-simd')
  expect(asked.times).toBe(1)
})

it('another wish, or other compiled kernels, are another question', async () => {
  const first = finder('simd')
  await knownKernel('/b', 'twice', first.find)
  const second = finder('relaxed-simd')
  expect(await knownKernel('/b', 'fused', second.find)).toBe('relaxed-simd')
  const third = finder('scalar')
  expect(await knownKernel('/c', 'twice', third.find)).toBe('scalar')
  expect([first.asked.times, second.asked.times, third.asked.times]).toEqual([1, 1, 1])
})

it('what failed is looked for again', async () => {
  const failing = async (): Promise<Kernel> => {
    throw new Error('the thread was gone')
  }
  await expect(knownKernel('/d', 'auto', failing)).rejects.toThrow('the thread was gone')
  expect(await knownKernel('/d', 'auto', finder('simd').find)).toBe('simd')
})

it('the scalar twin runs everywhere: nobody is asked', async () => {
  const { asked, find } = finder('simd')
  expect(await knownKernel('/e', 'scalar' satisfies KernelWish, find)).toBe('scalar')
  expect(asked.times).toBe(0)
})
