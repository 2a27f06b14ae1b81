/** The command line called in the test's own process: the same words, output and exit code, without starting another. */
import { Writable } from 'node:stream'
import { COMMANDS } from '../../../src/cli/commands'
import { runCommandLine } from '../../../src/cli/frame/run-command'
import { createStreams } from '../../../src/cli/frame/streams'
import { BUILT, KERNELS, RESOURCES } from '../../lab/support/places'

export interface Called {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

class Collector extends Writable {
  text = ''

  constructor() {
    super({ decodeStrings: false })
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk
    done()
  }
}

/** Signals are not watched: they would be those of the test's own process. */
export async function callCommandLine(words: readonly string[], directory: string): Promise<Called> {
  const [stdout, stderr] = [new Collector(), new Collector()]
  const code = await runCommandLine(
    COMMANDS,
    words,
    { workersDirectory: BUILT, kernelsDirectory: KERNELS, resourcesDirectory: RESOURCES, version: '0.0.0' },
    {
      streams: createStreams({ stdout, stderr }),
      watchSignals: () => ({ received: () => null, listen: () => undefined }),
      env: { ...process.env, ENGRAM_DATA_DIR: directory },
    },
  )
  return { code, stdout: stdout.text, stderr: stderr.text }
}
