/** What the reports of the suites come to, and what is said at the end. */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repeatOf, shellWord, summaryOf } from '../../scripts/test/summary.mjs'
import { readUnitReport, readWindowReport } from '../../scripts/test/suites.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
const suite = (changes: object) => ({
  title: 'Unit tests',
  seconds: 75,
  passed: 0,
  failures: [],
  leftOut: [],
  timings: [],
  ...changes,
})

describe('a summary', () => {
  it('ends with the count, and tells first what took longest, what failed and what was left out', () => {
    const text = summaryOf(
      [
        suite({ passed: 3, timings: [1, 9, 70].map((seconds) => ({ name: `tests/${seconds}.test.ts`, seconds })) }),
        suite({
          title: 'Window',
          seconds: 5,
          passed: 1,
          failures: [{ name: 'tests/e2e/x.e2e.ts › a\n  b', repeat: 'npm test -- tests/e2e/x.e2e.ts:4' }],
        }),
      ],
      { leftOut: [{ count: 7, what: 'window tests', why: 'there is no display' }] },
    )
    expect(text.split('\n')).toEqual([
      'Took longest (Unit tests 1.3 min · Window 5.0 s)',
      '   1.2 min  tests/70.test.ts',
      '     9.0 s  tests/9.test.ts',
      '     1.0 s  tests/1.test.ts',
      '',
      'Failed',
      '  tests/e2e/x.e2e.ts › a b',
      '    npm test -- tests/e2e/x.e2e.ts:4',
      '',
      'Left out',
      '  7 window tests: there is no display',
      '',
      '4 passed, 1 failed',
    ])
  })

  it('of a test that was called from elsewhere goes to the project first', () => {
    const failures = [{ name: 'x', repeat: 'npm test -- tests/x.test.ts' }]
    expect(summaryOf([suite({ failures })], { cwd: '/' })).toContain(`cd ${shellWord(ROOT)} && npm test -- tests/x`)
    expect(summaryOf([suite({ failures })], { cwd: ROOT })).not.toContain('cd ')
  })

  it('counts every failure, also those that it does not list', () => {
    const failures = Array.from({ length: 120 }, (_, i) => ({ name: `${i}`, repeat: 'x' }))
    const text = summaryOf([suite({ failures })])
    expect(text).toContain('and 70 more')
    expect(text).toMatch(/\n0 passed, 120 failed$/)
  })
})

describe('a command that repeats a test', () => {
  it.each(['tests/a.test.ts', 'tests/a b/it’s "x" $HOME `y`.test.ts', "tests/it's.test.ts"])('%s', (file) => {
    const [, , , word] = execFileSync('sh', ['-c', `printf '%s\\n' ${repeatOf(file, 12)}`], { encoding: 'utf8' }).split(
      '\n',
    )
    expect(word).toBe(`${file}:12`)
  })
})

describe('the report', () => {
  const test = (title: string, status: string, line?: number) => ({
    fullName: title,
    status,
    ...(line && { location: { line, column: 1 } }),
  })
  const file = (name: string, status: string, assertionResults: object[]) => ({
    name: resolve(ROOT, name),
    status,
    startTime: 1000,
    endTime: 3500,
    assertionResults,
  })

  it('of the unit tests: passed, failed with its line, skipped, a file that does not load, one that fails outside', () => {
    const testResults = [
      file('tests/a.test.ts', 'failed', [test('x', 'passed', 3), test('y', 'failed', 7), test('z', 'skipped', 9)]),
      file('tests/b.test.ts', 'failed', []),
      file('tests/c.test.ts', 'failed', [test('w', 'passed', 1)]),
    ]
    expect(readUnitReport({ testResults })).toMatchObject({
      passed: 2,
      failures: [
        { name: 'tests/a.test.ts › y', repeat: 'npm test -- tests/a.test.ts:7' },
        { name: 'tests/b.test.ts could not be loaded', repeat: 'npm test -- tests/b.test.ts' },
        { name: 'tests/c.test.ts failed outside its tests', repeat: 'npm test -- tests/c.test.ts' },
      ],
      leftOut: [{ count: 1, what: 'test' }],
      timings: [{ name: 'tests/a.test.ts', seconds: 2.5 }, {}, {}],
    })
  })

  it('of the window tests: one that passes only when repeated has failed', () => {
    const spec = (title: string, line: number, status: string, duration: number) => ({
      title,
      file: 'x.e2e.ts',
      line,
      tests: [{ status, results: [{ duration }] }],
    })
    const inner = { title: 'a group', specs: [spec('two', 8, 'flaky', 500)], suites: [] }
    const suites = [{ title: 'x.e2e.ts', specs: [spec('one', 4, 'expected', 1000)], suites: [inner] }]
    const errors = [
      { message: '\u001b[31mSyntaxError: no\u001b[39m', location: { file: `${ROOT}/tests/e2e/y.e2e.ts` } },
    ]
    expect(readWindowReport({ suites, errors, stats: { expected: 1, skipped: 2 } })).toMatchObject({
      passed: 1,
      failures: [
        { name: 'tests/e2e/x.e2e.ts › a group › two', repeat: 'npm test -- tests/e2e/x.e2e.ts:8' },
        { name: 'tests/e2e/y.e2e.ts: SyntaxError: no', repeat: 'npm test -- tests/e2e/y.e2e.ts' },
      ],
      leftOut: [{ count: 2, what: 'window tests' }],
      timings: [{ name: 'tests/e2e/x.e2e.ts', seconds: 1.5 }],
    })
  })
})
