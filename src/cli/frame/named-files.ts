/** Files that a word names in another way than by their path: those that come with the lab, and the texts of a folder. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, parse, resolve } from 'node:path'
import * as v from 'valibot'
import { CommandFailure } from './command-failure'
import { nearest } from './suggest'

/** Folders of the resources whose files have an index. */
export type BundledKind = 'corpora' | 'patterns'

const IndexSchema = v.array(v.object({ id: v.string(), file: v.string() }))
const TEXT_FILE = /\.(txt|md)$/i

/**
 * The path that a word stands for: a file on the disk if there is one, else a file that comes with the lab, by its name
 * without the ending (`lighthouse.en`) or its id (`lighthouse-en`).
 * @throws CommandFailure for a plain word that names neither
 */
export function findFile(word: string, kind: BundledKind, resourcesDirectory: string): string {
  const path = resolve(word)
  if (existsSync(path) || basename(word) !== word) return path
  const folder = join(resourcesDirectory, kind)
  const entries = v.parse(IndexSchema, JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')))
  const found = entries.find(({ id, file }) => [id, file, parse(file).name].includes(word))
  if (found) return join(folder, found.file)
  const names = entries.map(({ file }) => parse(file).name)
  const meant = nearest(word, names)
  throw new CommandFailure(
    `${word}: there is no such file, and nothing of that name comes with the lab; ` +
      (meant === null ? `check the name, or use one of ${names.join(', ')}` : `did you mean ${meant}?`),
  )
}

/**
 * The texts of a folder, or the path itself where it is no folder.
 * @param path absolute
 * @returns absolute paths of its .txt and .md files in order of name; its subfolders are not read
 * @throws CommandFailure for a folder without such files
 */
export function expandFolder(path: string): string[] {
  if (!(statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false)) return [path]
  const names = readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && TEXT_FILE.test(entry.name))
    .map(({ name }) => name)
    .sort()
  if (names.length === 0) {
    throw new CommandFailure(`${basename(path)}: this folder holds no .txt or .md file; name a text or another folder`)
  }
  return names.map((name) => join(path, name))
}
