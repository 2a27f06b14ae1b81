/** The command line's entry: `engram COMMAND …`. */
import { resolve } from 'node:path'
import { version } from '../../package.json'
import { COMMANDS } from './commands'
import { runCommandLine } from './frame/run-command'

void runCommandLine(COMMANDS, process.argv.slice(2), {
  workersDirectory: __dirname,
  kernelsDirectory: resolve(__dirname, '../kernels'),
  resourcesDirectory: resolve(__dirname, '../../resources'),
  version,
}).then((code) => {
  process.exitCode = code
})
