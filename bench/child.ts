/** Other programs, each measured in a process of its own that ends with this one. */
import { execFile } from 'node:child_process'

/** @returns its standard output. @throws Error with the last line of its standard error */
export function runProgram(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 2 ** 26 }
    const child = execFile(command, words, options, (error, stdout, stderr) => {
      process.off('exit', end)
      if (!error) return resolve(stdout)
      const line = stderr.trim().split('\n').at(-1) ?? ''
      reject(new Error(line.replace(/^error: /, '') || error.message))
    })
    const end = (): void => void child.kill()
    process.once('exit', end)
  })
}
