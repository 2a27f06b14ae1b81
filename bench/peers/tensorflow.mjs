/**
 * Whole training steps of TensorFlow.js on its WebAssembly backend, one thread with SIMD: one-hot input, layer, decoder,
 * softmax and cross-entropy, clipping by norm, Adam. A process of its own, since it is no part of the product.
 *
 *     node tensorflow.mjs FOLDER CELL HIDDEN LAYERS BATCH SEQUENCE VOCABULARY SECONDS
 *
 * Every step begins with a zero state: layers that carry theirs keep every old one. FOLDER holds its node_modules. Prints one JSON document: version, charactersPerSecond.
 */
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

const [folder, cell, ...numbers] = process.argv.slice(2)
const [H, L, B, T, V, seconds] = numbers.map(Number)

const load = createRequire(join(folder, 'package.json'))
console.info = console.log = console.warn = () => undefined // it greets on standard output
const tf = load('@tensorflow/tfjs')
const wasm = load('@tensorflow/tfjs-backend-wasm')
wasm.setWasmPaths(dirname(load.resolve('@tensorflow/tfjs-backend-wasm')) + sep)
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
await tf.setBackend('wasm')
if (tf.getBackend() !== 'wasm' || !(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
  throw new Error('no SIMD backend')

const layer = { vanilla: tf.layers.simpleRNN, lstm: tf.layers.lstm, gru: tf.layers.gru }[cell]
const model = tf.sequential()
for (let k = 0; k < L; k++) {
  const batchInputShape = k === 0 ? { batchInputShape: [B, T, V] } : {}
  const initializers = { kernelInitializer: 'glorotUniform', recurrentInitializer: 'glorotUniform' }
  model.add(layer({ units: H, returnSequences: true, ...initializers, ...batchInputShape }))
}
model.add(tf.layers.dense({ units: V, kernelInitializer: 'glorotUniform' }))

const draw = () =>
  tf.tensor2d(
    Int32Array.from({ length: B * T }, () => Math.floor(Math.random() * V)),
    [B, T],
    'int32',
  )
const [inputs, targets] = [draw(), draw()]
const optimizer = tf.train.adam(0.002)
const CLIP = 5

/** What it makes on the way is disposed of. */
function step() {
  return tf.tidy(() => {
    const { value, grads } = optimizer.computeGradients(() => {
      const logits = model.apply(tf.oneHot(inputs, V).toFloat(), { training: true })
      return tf.losses.softmaxCrossEntropy(tf.oneHot(targets, V).reshape([B * T, V]), logits.reshape([B * T, V]))
    })
    const norm = tf.addN(Object.values(grads).map((gradient) => gradient.square().sum())).sqrt()
    const scale = tf.minimum(1, tf.div(CLIP, norm.add(1e-6)))
    optimizer.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, g.mul(scale)])))
    return value.dataSync()[0]
  })
}

const first = step()
const tensors = tf.memory().numTensors
const started = performance.now()
let steps = 0
let last
do {
  last = step()
  steps += 1
} while (performance.now() - started < seconds * 1000)
const charactersPerSecond = (steps * B * T * 1000) / (performance.now() - started)
if (!(last < first)) throw new Error(`it does not learn: ${first}, then ${last}`)
if (tf.memory().numTensors !== tensors) throw new Error('it keeps memory')
process.stdout.write(`${JSON.stringify({ version: tf.version.tfjs, charactersPerSecond })}\n`)
