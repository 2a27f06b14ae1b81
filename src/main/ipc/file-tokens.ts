/** Names for files that a person chose: the page has the token, main alone the path. */
import { randomBytes } from 'node:crypto'
import { LabError } from '../../shared'

const LIFE_MS = 12 * 60 * 60 * 1000
const MOST = 1000

interface Entry {
  readonly path: string
  readonly owner: number
  readonly expires: number
}

export class FileTokens {
  readonly #entries = new Map<string, Entry>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** @param owner the window's contents, which alone may use it */
  issue(path: string, owner: number): string {
    const token = randomBytes(16).toString('hex')
    this.#entries.set(token, { path, owner, expires: this.#now() + LIFE_MS })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest)
    return token
  }

  /** @throws LabError E_TOKEN for one that is unknown, expired or another window's */
  resolve(token: string, owner: number): string {
    const entry = this.#entries.get(token)
    if (!entry || entry.owner !== owner || entry.expires < this.#now()) throw new LabError('E_TOKEN')
    return entry.path
  }

  forget(owner: number): void {
    for (const [token, entry] of this.#entries) if (entry.owner === owner) this.#entries.delete(token)
  }
}
