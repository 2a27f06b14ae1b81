/** Unit and integration tests. The end-to-end tests run in the real window by Playwright, see tests/e2e. */
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Against what hangs, never a measure of speed: several minutes, for machines that many share. */
const LIMIT_MS = 5 * 60 * 1000

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    maxWorkers: 2,
    // `npm test` tells where a test that failed stands, and runs the test of a line.
    includeTaskLocation: true,
  },
})
