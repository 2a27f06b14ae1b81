/** A registry or a proxy that does not answer is named, in time and without its credentials. */
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { assertReachable, proxyFor } from '../../scripts/setup/registry-connection.mjs'

const REGISTRY = 'https://registry.invalid/'
/** Long for an answer on one machine, short for a person. */
const PATIENCE_MS = 2000
/** For who answers, however late. */
const NO_LIMIT_MS = 60_000

const servers: Server[] = []
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

/** A server on this machine that does this with each connection. */
async function listen(answer: (socket: Socket) => void) {
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    answer(socket)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

const answering = (text: string) => (socket: Socket) => void socket.once('data', () => socket.write(text))

async function sentence(registry: string, proxy: string | null, patienceMs: number): Promise<string | null> {
  try {
    await assertReachable(registry, proxy === null ? null : new URL(proxy), patienceMs)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe('a proxy', () => {
  it.each(['http', 'https', 'socks5'])('that accepts and never answers is named (%s)', async (protocol) => {
    const port = await listen(() => {})
    const said = await sentence(REGISTRY, `${protocol}://me:secret@127.0.0.1:${port}`, PATIENCE_MS)
    expect(said).toMatch(`The proxy ${protocol}://127.0.0.1:${port} does not answer: correct the proxy settings`)
    expect(said).not.toMatch(/secret|me:/)
  })

  it('that refuses, or is unknown, is named at once', async () => {
    const port = await listen(() => {})
    await new Promise((done) => servers.splice(0)[0].close(done))
    expect(await sentence(REGISTRY, `http://me:secret@127.0.0.1:${port}`, NO_LIMIT_MS)).toMatch(
      `The proxy http://127.0.0.1:${port} refuses connections: `,
    )
    expect(await sentence(REGISTRY, 'http://proxy.invalid:1', NO_LIMIT_MS)).toMatch('is not known on this network')
  })

  it('that hangs up, or wants a password, is named', async () => {
    const closing = await listen((socket) => socket.destroy())
    expect(await sentence(REGISTRY, `http://127.0.0.1:${closing}`, NO_LIMIT_MS)).toMatch('hangs up')
    const locked = await listen(answering('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'))
    expect(await sentence(REGISTRY, `http://127.0.0.1:${locked}`, NO_LIMIT_MS)).toMatch(
      'asks for a name and a password',
    )
  })

  it('that opens a tunnel into silence is told apart from the registry', async () => {
    const port = await listen(answering('HTTP/1.1 200 Connection established\r\n\r\n'))
    expect(await sentence(REGISTRY, `http://127.0.0.1:${port}`, PATIENCE_MS)).toBe(
      `The package registry https://registry.invalid does not answer through the proxy http://127.0.0.1:${port}: ` +
        'check the connection and try again.',
    )
  })

  it('that answers with an error leaves the rest to npm, and gets its credentials', async () => {
    let heard = ''
    const port = await listen((socket) =>
      socket.once('data', (data) => {
        heard = String(data)
        socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n')
      }),
    )
    expect(await sentence(REGISTRY, `http://me:secret@127.0.0.1:${port}`, NO_LIMIT_MS)).toBe(null)
    expect(heard).toMatch(/^CONNECT registry\.invalid:443 /)
    expect(heard).toContain(`Basic ${Buffer.from('me:secret').toString('base64')}`)
  })
})

describe('a registry', () => {
  it('that answers anything is reachable', async () => {
    const port = await listen(answering('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'))
    expect(await sentence(`http://127.0.0.1:${port}/`, null, NO_LIMIT_MS)).toBe(null)
  })

  it('that does not answer, or is unknown, is named', async () => {
    const port = await listen(() => {})
    expect(await sentence(`http://127.0.0.1:${port}/`, null, PATIENCE_MS)).toMatch(
      `The package registry http://127.0.0.1:${port} does not answer: check the connection`,
    )
    expect(await sentence(REGISTRY, null, NO_LIMIT_MS)).toMatch('is not known on this network')
  })
})

describe('the proxy for an address', () => {
  const proxy = (address: string, settings: object, env: NodeJS.ProcessEnv) => proxyFor(address, settings, env)?.host

  it('is npm’s own, else that of the environment', () => {
    const env = { HTTPS_PROXY: 'http://environment:1', HTTP_PROXY: 'http://plain:1' }
    expect(proxy(REGISTRY, { 'https-proxy': 'http://npm:1' }, env)).toBe('npm:1')
    expect(proxy(REGISTRY, { proxy: 'http://npm:1', 'https-proxy': null }, env)).toBe('npm:1')
    expect(proxy(REGISTRY, {}, env)).toBe('environment:1')
    expect(proxy(REGISTRY, {}, { HTTP_PROXY: 'http://plain:1' })).toBe(undefined)
    expect(proxy('http://registry.invalid/', {}, { http_proxy: 'http://plain:1' })).toBe('plain:1')
    expect(proxy(REGISTRY, {}, {})).toBe(undefined)
  })

  it('is none for excepted domains', () => {
    const env = { https_proxy: 'http://environment:1', no_proxy: 'localhost, .invalid' }
    expect(proxy(REGISTRY, { noproxy: [''] }, env)).toBe(undefined)
    expect(proxy('https://other.test/', { noproxy: [''] }, env)).toBe('environment:1')
    expect(proxy(REGISTRY, { noproxy: ['registry.invalid'] }, { https_proxy: 'http://environment:1' })).toBe(undefined)
  })

  it.each(['me:secret@proxy:8080', 'proxy:8080', '://', 'ftp://me:secret@proxy'])(
    'is refused where it is %j',
    (text) => {
      expect(() => proxy(REGISTRY, {}, { https_proxy: text })).toThrow(
        'The proxy setting is not an address such as http://proxy:8080: correct it and try again.',
      )
    },
  )
})
