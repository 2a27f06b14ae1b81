/** The checks that look at sources: format, lint, and the types of each project. Each counts as one test. */
import { readdirSync } from 'node:fs'
import { inRoot, OWN_NODE } from '../setup/paths.mjs'
import { runHidden } from '../setup/processes.mjs'
import { secondsSince, tell } from '../setup/report.mjs'

const bin = (path) => inRoot('node_modules', path)

function declared() {
  const projects = readdirSync(inRoot('tsconfig'))
    .map((name) => /^tsconfig\.(\w+)\.json$/.exec(name)?.[1])
    .filter((name) => name !== undefined)
  return [
    ['format', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']],
    ['lint', bin('eslint/bin/eslint.js'), ['--max-warnings', '0', '.']],
    ...projects.map((name) => [
      `types of ${name}`,
      bin('vue-tsc/bin/vue-tsc.js'),
      ['--noEmit', '-p', `tsconfig/tsconfig.${name}.json`],
    ]),
  ]
}

/** Runs them, two at a time. @returns {Promise<{ passed: number, failed: number }>} */
export async function runChecks() {
  const waiting = declared()
  const counts = { passed: 0, failed: 0 }
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, script, args] = next
      const started = performance.now()
      const { code, lines } = await runHidden(OWN_NODE, [script, ...args])
      tell(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${secondsSince(started)})`)
      if (code === 0) counts.passed += 1
      else {
        counts.failed += 1
        tell(lines.join('\n'))
      }
    }
  }
  await Promise.all([worker(), worker()])
  return counts
}
