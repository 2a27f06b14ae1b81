/** Compiles the kernels into out/kernels. Runs on the project's own Node, which the compiler needs. */
import { buildKernels } from '../../src/engine/kernels/assembly/build.mjs'
import { inRoot } from './paths.mjs'

await buildKernels(inRoot('src/engine/kernels/assembly'), inRoot('out/kernels'), inRoot('out/kernels/.scratch'))
