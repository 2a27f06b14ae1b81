/** A small project of the test's own, with sources, tests and a git repository. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { temporaryDirectory } from '../lab/support/temporary'

export interface Project {
  readonly root: string
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** What git answers. */
  readonly git: (...words: string[]) => string
  /** Commits everything. @returns its hash */
  readonly commit: () => string
}

export const FILES: Readonly<Record<string, string>> = {
  'src/engine/index.ts': "export { sum } from './sum'\nexport type { Sum } from './sum'\nexport * from './more'\n",
  'src/engine/sum.ts': "import { one } from './one'\nexport type Sum = number\nexport const sum = () => one\n",
  'src/engine/one.ts': "import { zero } from './zero'\nexport const one = zero + 1\n",
  'src/engine/zero.ts': 'export const zero = 0\n',
  'src/engine/more.ts': 'export function more() {}\nexport interface Most {}\n',
  'src/engine/alone.ts': 'export const alone = 1\n',
  'src/renderer/rooms/recall/Room.vue':
    '<script setup lang="ts">\nimport { more } from \'../../../engine\'\n</script>\n',
  'tests/engine/sum.test.ts': "import { sum } from '../../src/engine'\n",
  'tests/engine/more.test.ts':
    "import { helper } from '../support/helper'\nimport type { Sum } from '../../src/engine'\n",
  'tests/support/helper.ts': "import { more } from '../../src/engine'\nexport const helper = more\n",
  'tests/built.test.ts': "import { CLI } from './support/built'\n",
  'tests/support/built.ts': "export const CLI = 'out/main/cli.cjs'\n",
  'tests/e2e/recall-letters.e2e.ts': "import { test } from './support/lab-test'\n",
  'tests/e2e/shell.e2e.ts': "import { test } from './support/lab-test'\n",
  'tests/e2e/support/lab-test.ts': 'export const test = 1\n',
}

export function makeProject(): Project {
  const root = temporaryDirectory()
  const git = (...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.invalid', ...words], {
      cwd: root,
      encoding: 'utf8',
    })
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
  }
  const commit = (): string => {
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', 'x')
    return git('rev-parse', 'HEAD').trim()
  }
  write({ ...FILES, '.gitignore': 'node_modules\n' })
  git('init', '--quiet', '--initial-branch', 'main')
  return { root, git, write, commit }
}
