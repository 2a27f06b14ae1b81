/** Runs a program that ends only by a signal in its place, as npm's scripts do, and prints the program's process id. */
import { main } from '../../scripts/setup/failure.mjs'
import { runInForeground } from '../../scripts/setup/processes.mjs'

const ENDLESS = 'console.log("started " + process.pid); setInterval(() => undefined, 1000)'

await main(() => runInForeground(process.execPath, ['-e', ENDLESS]))
