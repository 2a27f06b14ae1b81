/** What the engine refuses, told as the lab's own errors. */
export { toLabError, withEngineErrors } from '../shared'
