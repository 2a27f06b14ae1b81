/** The page's files under app://lab/, each answer with the content policy. */
import { readFile, realpath } from 'node:fs/promises'
import { sep } from 'node:path'
import { protocol } from 'electron'
import type { Session } from 'electron'
import { CONTENT_POLICY } from '../security/content-policy'
import { PAGE_SCHEME } from '../security/is-own-page'
import { contentType, pageFile } from './page-file'

/** Before the app is ready: the scheme is like https, with an origin of its own. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** @param folder absolute path of the built page */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, ({ url, method }) => answerPage(folder, url, method))
}

export async function answerPage(folder: string, url: string, method: string): Promise<Response> {
  const headers = { 'Content-Security-Policy': CONTENT_POLICY, 'X-Content-Type-Options': 'nosniff' }
  const file = pageFile(folder, url, method)
  if (file === null) return new Response('bad request', { status: 400, headers })
  try {
    const real = await realpath(file)
    if (!real.startsWith((await realpath(folder)) + sep)) return new Response('not found', { status: 404, headers })
    const body = method === 'HEAD' ? null : new Uint8Array(await readFile(real))
    return new Response(body, { headers: { ...headers, 'Content-Type': contentType(file) } })
  } catch {
    return new Response('not found', { status: 404, headers }) // whatever is wrong with the file, the page gets none
  }
}
