/** The token by which a window names a file that a person chose: whose it is, and when it ends. */
import { describe, expect, it } from 'vitest'
import { FileTokens } from '../../src/main/ipc/file-tokens'
import { errorOf, failureOf } from '../lab/support/errors'

describe('the token of a file', () => {
  const HOUR = 60 * 60 * 1000

  it('is the file’s for the window that chose it, and for nobody else', () => {
    const tokens = new FileTokens(() => 0)
    const token = tokens.issue('/home/ann/book.txt', 1)
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(tokens.issue('/home/ann/book.txt', 1)).not.toBe(token)
    expect(tokens.resolve(token, 1)).toBe('/home/ann/book.txt')
    expect(failureOf(() => tokens.resolve(token, 2))).toEqual(errorOf('E_TOKEN'))
    for (const wrong of ['', 'nothing', '/home/ann/book.txt', token.slice(1), `${token} `, '__proto__']) {
      expect(failureOf(() => tokens.resolve(wrong, 1))).toEqual(errorOf('E_TOKEN'))
    }
    tokens.forget(1)
    expect(failureOf(() => tokens.resolve(token, 1))).toEqual(errorOf('E_TOKEN'))
  })

  it('ends after half a day, and the oldest of very many end before', () => {
    let now = 0
    const tokens = new FileTokens(() => now)
    const token = tokens.issue('/a', 1)
    now = 12 * HOUR
    expect(tokens.resolve(token, 1)).toBe('/a')
    now += 1
    expect(failureOf(() => tokens.resolve(token, 1))).toEqual(errorOf('E_TOKEN'))
    const [oldest, next] = Array.from({ length: 1001 }, (_, i) => tokens.issue(`/${i}`, 1))
    expect(failureOf(() => tokens.resolve(oldest, 1))).toEqual(errorOf('E_TOKEN'))
    expect(tokens.resolve(next, 1)).toBe('/1')
  })
})
