/** TensorFlow.js, installed into the user's cache folder, apart from the product, and measured in a process of its own. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cacheFolder, makeInCache } from '../../scripts/setup/cache.mjs'
import { npmReason, runNpm } from '../../scripts/setup/npm.mjs'
import { runProgram } from '../child'
import type { Setting } from '../settings'

const VERSION = '4.22.0'
const PACKAGES = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'].map((name) => `${name}@${VERSION}`)

export interface TensorFlow {
  readonly name: string
  /** Characters a second over whole steps, at least one. */
  readonly measure: (setting: Setting, seconds: number) => Promise<number>
}

/** @throws Error in a sentence where it cannot be installed */
export async function installTensorFlow(): Promise<TensorFlow> {
  const folder = join(cacheFolder(), 'peers', `tensorflow-${VERSION}`)
  if (!existsSync(folder)) {
    await makeInCache(folder, async (temporary: string) => {
      const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', '--prefix', temporary]
      const { code, lines } = await runNpm(['install', ...flags, ...PACKAGES])
      if (code !== 0) throw new Error(npmReason(lines))
    })
  }
  const script = resolve('bench/peers/tensorflow.mjs')
  return {
    name: `TensorFlow.js ${VERSION} on WebAssembly`,
    measure: async ({ job }, seconds) => {
      const { cell, hidden, layers, batch, sequence, vocabulary } = job
      const words = [script, folder, cell, ...[hidden, layers, batch, sequence, vocabulary, seconds].map(String)]
      const { charactersPerSecond } = JSON.parse(await runProgram(process.execPath, words)) as {
        charactersPerSecond: number
      }
      return charactersPerSecond
    },
  }
}
