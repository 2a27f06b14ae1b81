/** The house as law: a wrong import across layers is an error of ESLint, a right one is not. */
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint()
const RULES = ['import-x/no-restricted-paths', '@typescript-eslint/no-restricted-imports', 'no-restricted-properties']

/** The layer rules that a line breaks when it stands in a file of that path. */
async function broken(filePath: string, line: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath })
  return result.messages.map((message) => message.ruleId ?? message.message).filter((rule) => RULES.includes(rule))
}

const WRONG: readonly (readonly [string, string])[] = [
  ['src/engine/probe.ts', "import { readFileSync } from 'node:fs'\nreadFileSync('x')"],
  ['src/engine/probe.ts', "import * as v from 'valibot'\nv.string()"],
  ['src/engine/probe.ts', "import { LabError } from '../shared'\nnew LabError('E_INPUT')"],
  ['src/engine/probe.ts', 'export const wrong = Math.tanh(1)'],
  ['src/engine/probe.ts', 'export const wrong = Math.random()'],
  ['src/shared/probe.ts', "import { join } from 'node:path'\njoin('x')"],
  ['src/shared/probe.ts', "import { WORKER_NAMES } from '../lab'\nvoid WORKER_NAMES"],
  ['src/shared/probe.ts', "import * as engine from '../engine'\nvoid engine"],
  ['src/lab/probe.ts', "import { app } from 'electron'\nvoid app"],
  ['src/lab/probe.ts', "import { ref } from 'vue'\nvoid ref"],
  ['src/main/probe.ts', "import * as engine from '../engine'\nvoid engine"],
  ['src/main/probe.ts', "import type { DatabaseApi } from '../lab/database/database-api'\nexport type X = DatabaseApi"],
  ['src/main/probe.ts', "import Database from 'better-sqlite3'\nvoid Database"],
  ['src/cli/probe.ts', "import { app } from 'electron'\nvoid app"],
  ['src/preload/probe.ts', "import * as v from 'valibot'\nvoid v"],
  ['src/preload/probe.ts', "import { WORKER_NAMES } from '../lab'\nvoid WORKER_NAMES"],
  ['src/renderer/probe.ts', "import { ipcRenderer } from 'electron'\nvoid ipcRenderer"],
  ['src/renderer/probe.ts', "import { readFileSync } from 'node:fs'\nvoid readFileSync"],
  ['src/renderer/probe.ts', "import { WORKER_NAMES } from '../lab'\nvoid WORKER_NAMES"],
  ['src/renderer/probe.ts', "import type { Lab } from '../lab'\nexport type X = Lab"],
]

const RIGHT: readonly (readonly [string, string])[] = [
  ['src/shared/probe.ts', "import * as v from 'valibot'\nexport const s = v.string()"],
  ['src/lab/probe.ts', "import { LabError } from '../shared'\nexport const e = new LabError('E_INPUT')"],
  ['src/lab/probe.ts', "import { join } from 'node:path'\nexport const p = join('x')"],
  ['src/main/probe.ts', "import { WORKER_NAMES } from '../lab'\nexport const n = WORKER_NAMES"],
  ['src/preload/probe.ts', "import { CALLS } from '../shared/ipc'\nexport const c = CALLS"],
  ['src/renderer/probe.ts', "import { LabError } from '../shared'\nexport const e = new LabError('E_INPUT')"],
]

describe('layers', () => {
  for (const [file, line] of WRONG) {
    it(`${file} refuses ${line.split('\n')[0]}`, async () => {
      expect(await broken(file, line)).not.toEqual([])
    })
  }

  for (const [file, line] of RIGHT) {
    it(`${file} allows ${line.split('\n')[0]}`, async () => {
      expect(await broken(file, line)).toEqual([])
    })
  }
})
