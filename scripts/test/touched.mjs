/** Which tests a set of files touches: the test itself, what it imports, or what that imports. */
import { isTest } from './test-files.mjs'

/** How near a change comes to a test: it is part of the test, imported by it, or imported by what it imports. */
export const REACH = { own: 0, direct: 1, oneBetween: 2 }

/**
 * @param {ReadonlyMap<string, ReadonlySet<string>>} imports
 * @param {ReadonlySet<string>} files paths from the root
 * @returns {Map<string, number>} of each test that is touched, how near; the test's own support files are part of it
 */
export function testsTouchedBy(imports, files) {
  const touched = new Map()
  const has = (set) => [...set].some((file) => files.has(file))
  for (const test of imports.keys()) {
    if (!isTest(test)) continue
    const own = withSupport(imports, test)
    const direct = importedBy(imports, own)
    if (has(own)) touched.set(test, REACH.own)
    else if (has(direct)) touched.set(test, REACH.direct)
    else if (has(importedBy(imports, direct))) touched.set(test, REACH.oneBetween)
  }
  return touched
}

/** A test with the files of `tests` that it imports, and those that they import. */
function withSupport(imports, test) {
  const own = new Set([test])
  for (const file of own) {
    for (const other of imports.get(file) ?? []) if (other.startsWith('tests/')) own.add(other)
  }
  return own
}

function importedBy(imports, files) {
  return new Set([...files].flatMap((file) => [...(imports.get(file) ?? [])]))
}

/**
 * Whether what a file imports, however far down, mentions a text.
 * @param {ReadonlyMap<string, ReadonlySet<string>>} imports
 * @param {readonly string[]} files
 * @param {(file: string) => boolean} isMentioned
 */
export function anyReaches(imports, files, isMentioned) {
  const reached = new Set(files)
  for (const file of reached) {
    if (imports.has(file) && isMentioned(file)) return true
    for (const other of imports.get(file) ?? []) reached.add(other)
  }
  return false
}
