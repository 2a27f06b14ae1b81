/** How the app is started from its sources. */
import { ROOT } from './paths.mjs'

/** As root, Chromium's own sandbox cannot be; only then, and only here, it is left out. */
export const electronArguments = () => [ROOT, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
