/** Models that come with the lab: resources/models, with what each shows and how it was trained. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { LabError } from '../../shared'
import type { BundledModel } from '../../shared'

const titled = v.object({ en: v.string(), ko: v.string() })
const ModelIndexSchema = v.array(
  v.object({
    id: v.string(),
    file: v.string(),
    language: v.picklist(['en', 'ko']),
    title: titled,
    about: titled,
    text: v.string(),
    /** How anyone can train it again. */
    trained: v.object({ command: v.string(), sequence: v.number(), digest: v.string() }),
    otherSide: v.nullable(v.string()),
  }),
)

export interface BundledModels {
  readonly list: () => Promise<readonly BundledModel[]>
  /** Absolute path of one of them. @throws LabError E_MODEL_UNKNOWN */
  readonly pathOf: (id: string) => Promise<string>
}

/** @param resources where the lab's own files lie */
export function openBundledModels(resources: string): BundledModels {
  const folder = join(resources, 'models')
  const readIndex = async (): Promise<v.InferOutput<typeof ModelIndexSchema>> =>
    v.parse(ModelIndexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')))
  return {
    list: async () =>
      (await readIndex()).map(({ id, language, title, about, text, trained, otherSide }): BundledModel => {
        return { id, language, title, about, text, sequence: trained.sequence, otherSide }
      }),
    pathOf: async (id) => {
      const found = (await readIndex()).find((model) => model.id === id)
      if (!found) throw new LabError('E_MODEL_UNKNOWN', { model: id })
      return join(folder, found.file)
    },
  }
}
