/** Which file of the page an address names; null for everything that isn't one. No disk is read for a refusal. */
import { join, sep } from 'node:path'
import { PAGE_HOST, PAGE_SCHEME } from '../security/is-own-page'

const SAFE_PATH = /^\/(?:[\w@.-]+\/)*[\w@.-]+$/

/** @param folder absolute path of the built page */
export function pageFile(folder: string, address: string, method: string): string | null {
  if (method !== 'GET' && method !== 'HEAD') return null
  const match = /^([a-z]+):\/\/([^/?#]*)([^?#]*)(?:[?#].*)?$/i.exec(address)
  if (!match) return null
  const [, scheme, host, path] = match
  if (scheme !== PAGE_SCHEME || host !== PAGE_HOST) return null
  // Letters, digits and a few signs alone: nothing encoded, no backslash, no empty or dotted segment gets through.
  if (!SAFE_PATH.test(path) || path.split('/').some((segment) => /^\.+$/.test(segment))) return null
  const file = join(folder, ...path.split('/').filter(Boolean))
  return file.startsWith(folder + sep) ? file : null
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
}

export function contentType(file: string): string {
  return TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
}
