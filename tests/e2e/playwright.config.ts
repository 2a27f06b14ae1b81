/** End-to-end tests drive the built app in the real Electron window, one at a time. */
import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results/window',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  // Against what hangs, never a measure of speed: machines that many share may be ten times slower.
  timeout: 5 * 60_000,
  expect: { timeout: 90_000 },
  forbidOnly: true,
  reporter: [['list']],
})
