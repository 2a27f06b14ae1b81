/**
 * One build for every entry: the Electron main process, the command line and all workers lie side by side in
 * out/main, so that each of them finds a worker by its file name. CommonJS, because Electron before 28 knows no other.
 */
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const source = (path: string): string => resolve(import.meta.dirname, 'src', path)

export default defineConfig({
  main: {
    build: {
      target: 'node18',
      sourcemap: true,
      rollupOptions: {
        input: {
          index: source('main/index.ts'),
          cli: source('cli/index.ts'),
          'database.worker': source('lab/database/database.worker.ts'),
          'corpus.worker': source('lab/corpora/corpus.worker.ts'),
          'training.worker': source('lab/training/training.worker.ts'),
          'shard.worker': source('lab/training/shard.worker.ts'),
          'interactive.worker': source('lab/interactive/interactive.worker.ts'),
          'bench.worker': source('lab/bench/bench.worker.ts'),
          'experiment.worker': source('lab/experiments/experiment.worker.ts'),
          'carry.worker': source('lab/carry/carry.worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: source('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    // Nothing is inlined: the content policy allows no data: but pictures.
    build: { target: 'chrome114', assetsInlineLimit: 0, rollupOptions: { input: source('renderer/index.html') } },
    plugins: [vue()],
    define: { __VUE_OPTIONS_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  },
})
