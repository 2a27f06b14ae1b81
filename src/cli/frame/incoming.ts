/**
 * Texts, patterns and cues that come through a pipe: `-` and `/dev/stdin`, named pipes, and a shell's `<(…)`, which the
 * command sees as `/dev/fd/63`.
 */
import { constants, createReadStream, fstatSync, openSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { basename, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { FileChoice, Incoming } from '../../lab'
import { LabError } from '../../shared'
import { findDescriptor } from './find-descriptor'
import { UsageError } from './usage-error'

const STANDARD_INPUT = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])
const DESCRIPTOR = /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/

export function isStandardInput(word: string): boolean {
  return STANDARD_INPUT.has(word)
}

/** Whether a word can only mean a pipe. */
function isPipe(word: string): boolean {
  return isStandardInput(word) || DESCRIPTOR.test(word)
}

/** @throws UsageError where standard input is named more than once: it can be read only once */
export function assertOneStandardInput(words: readonly string[]): void {
  const named = words.filter(isStandardInput)
  if (named.length < 2) return
  throw new UsageError(`standard input (${named.join(' and ')}) can be read only once: put the other text into a file`)
}

/** A reader of options for what is read at several places: a pipe has none. @param what such as "a model" */
export function asFileOf(what: string): (text: string, name: string) => string {
  return (text, name) => {
    if (text === '') throw new UsageError(`${name} must not be empty`)
    return assertFile(text, name, what)
  }
}

/** The same word. @throws UsageError for standard input and other pipes */
export function assertFile(word: string, name: string, what: string): string {
  if (!isPipe(word)) return word
  throw new UsageError(`${name} must be the name of a file, not ${word}: ${what} cannot come through a pipe`)
}

/** A file of the disk, or what comes through a pipe. */
export type Source = { readonly file: FileChoice } | { readonly incoming: Incoming }

export class Sources {
  readonly #tell: (line: string) => void
  #pipes = 0

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /** @throws LabError E_FILE_NOT_REGULAR, E_FILE_UNREADABLE; CommandFailure for a descriptor that is open nowhere */
  open(word: string): Source {
    if (isStandardInput(word)) return { incoming: this.#standardInput() }
    const descriptor = DESCRIPTOR.exec(word)
    if (descriptor !== null) {
      const { path, isPipe: pipe, name } = findDescriptor(Number(descriptor[1]), word)
      return pipe ? openPipe(path, this.#nextName()) : { file: { path, name } }
    }
    const path = resolve(word)
    const isNamedPipe = statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false
    return isNamedPipe ? openPipe(path, basename(path)) : { file: path }
  }

  /** The number that the shell chose for a pipe says nothing to a person. */
  #nextName(): string {
    this.#pipes += 1
    return this.#pipes === 1 ? 'pipe' : `pipe ${this.#pipes}`
  }

  #standardInput(): Incoming {
    const name = 'standard input'
    if (process.stdin.isTTY) this.#tell('reading from the terminal: end the text with Ctrl-D')
    else if (fstatSync(0).isDirectory()) throw new LabError('E_FILE_NOT_REGULAR', { file: name })
    return { name, chunks: process.stdin }
  }
}

/** Opened without waiting for a writer, so that a signal can end the wait. */
function openPipe(path: string, name: string): Source {
  let descriptor
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new LabError('E_FILE_UNREADABLE', { file: name, reason }, { cause: error })
  }
  const chunks: Readable = fstatSync(descriptor).isFIFO()
    ? new Socket({ fd: descriptor, readable: true, writable: false })
    : createReadStream(path, { fd: descriptor })
  return { incoming: { name, chunks } }
}
