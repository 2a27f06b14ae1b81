/**
 * Whether npm's registry answers, through a proxy where one is set. npm itself waits for minutes without a word; this
 * ends with a sentence that names who does not answer, and never shows the credentials of an address.
 */
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { Failure } from './failure.mjs'

/** How long the slowest working proxy may take to answer. */
const PATIENCE_MS = 45_000

/**
 * The proxy that npm would use for an address.
 * @param {string} address
 * @param {{ 'https-proxy'?: unknown, proxy?: unknown, noproxy?: string | readonly string[] }} settings npm's
 * @param {NodeJS.ProcessEnv} env
 * @returns {URL | null}
 * @throws {Failure} when the setting is no address
 */
export function proxyFor(address, settings, env = process.env) {
  const { protocol, hostname } = new URL(address)
  const ofEnvironment = (name) => env[name.toLowerCase()] || env[name.toUpperCase()]
  const unencrypted = protocol === 'http:' ? ofEnvironment('http_proxy') || ofEnvironment('proxy') : undefined
  const proxy = settings['https-proxy'] || settings.proxy || ofEnvironment('https_proxy') || unencrypted
  const exceptions = [settings.noproxy ?? []].flat().filter(Boolean)
  const excluded = exceptions.length > 0 ? exceptions : [ofEnvironment('no_proxy') ?? '']
  if (!proxy || isExcluded(hostname, excluded)) return null
  const url = parse(String(proxy))
  if (url !== null && /^(https?|socks\w*):$/.test(url.protocol) && url.hostname !== '') return url
  throw new Failure('The proxy setting is not an address such as http://proxy:8080: correct it and try again.')
}

/** @param {string} address */
function parse(address) {
  try {
    return new URL(address)
  } catch {
    return null
  }
}

/** @param {string} hostname @param {readonly string[]} exceptions lists of domains, separated by commas */
function isExcluded(hostname, exceptions) {
  const domains = exceptions.flatMap((list) => list.split(',')).map((domain) => domain.trim().replace(/^\./, ''))
  return domains.some((domain) => domain !== '' && (hostname === domain || hostname.endsWith(`.${domain}`)))
}

/**
 * Returns once the registry has answered anything at all; what it answers is npm's affair.
 * @param {string} registry its address
 * @param {URL | null} proxy
 * @param {number} patienceMs
 * @throws {Failure} names the proxy or the registry that does not answer
 */
export async function assertReachable(registry, proxy, patienceMs = PATIENCE_MS) {
  const target = new URL(registry)
  const timer = new AbortController()
  const timeout = setTimeout(() => timer.abort(), patienceMs)
  try {
    const tunnel = proxy === null ? null : await throughProxy(proxy, target, timer.signal)
    if (proxy !== null && tunnel === null) return
    await ask(target, tunnel, timer.signal).catch((error) => {
      const via = proxy === null ? '' : ` through the proxy ${nameOf(proxy)}`
      failUnlessAnswered(error, `The package registry ${nameOf(target)}`, via, 'check the connection')
    })
  } finally {
    clearTimeout(timeout)
  }
}

/**
 * @returns {Promise<net.Socket | null>} a connection to the target; null: the proxy answered and npm can judge the rest
 */
async function throughProxy(proxy, target, signal) {
  try {
    if (/^socks/.test(proxy.protocol)) {
      await greet(proxy, signal)
      return null
    }
    const { response, socket } = await openTunnel(proxy, target, signal)
    if (response.statusCode === 200 && target.protocol === 'https:') return socket
    socket?.destroy()
    if (response.statusCode !== 407) return null
  } catch (error) {
    const remedy = 'correct the proxy settings (HTTPS_PROXY, HTTP_PROXY, or those of npm)'
    failUnlessAnswered(error, `The proxy ${nameOf(proxy)}`, '', remedy)
    if (error.code === 'ECONNRESET') throw new Failure(`The proxy ${nameOf(proxy)} hangs up: ${remedy} and try again.`)
    return null
  }
  throw new Failure(
    `The proxy ${nameOf(proxy)} asks for a name and a password: put valid ones into its address in the proxy settings ` +
      '(HTTPS_PROXY, HTTP_PROXY, or those of npm) and try again.',
  )
}

/** Plain HTTP goes through a proxy as a request for the whole address, the rest through a tunnel. */
function openTunnel(proxy, target, signal) {
  const encrypted = target.protocol === 'https:'
  const headers = { host: target.host, ...authorization(proxy) }
  const host = `${target.hostname}:${target.port || (encrypted ? 443 : 80)}`
  return new Promise((done, fail) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: portOf(proxy),
      method: encrypted ? 'CONNECT' : 'GET',
      path: encrypted ? host : target.href,
      headers,
      agent: false,
      rejectUnauthorized: false,
      signal,
    })
    request.on('connect', (response, socket) => done({ response, socket }))
    request.on('response', (response) => {
      response.destroy()
      done({ response, socket: null })
    })
    request.on('error', fail)
    request.end()
  })
}

function authorization({ username, password }) {
  if (!username) return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** Asks for the target's root, and is content with any answer. */
function ask(target, tunnel, signal) {
  return new Promise((done, fail) => {
    const connection = tunnel === null ? { agent: false } : { createConnection: () => encrypt(tunnel, target) }
    const options = { method: 'HEAD', rejectUnauthorized: false, signal, ...connection }
    const request = (target.protocol === 'https:' ? https : http).request(target, options, (response) => {
      response.destroy()
      done()
    })
    request.on('error', fail)
    request.end()
  })
}

function encrypt(socket, { hostname }) {
  const servername = net.isIP(hostname) ? undefined : hostname
  return tls.connect({ socket, servername, rejectUnauthorized: false })
}

/** The first words of SOCKS 5 ("with a password or without"), which a proxy answers; one of SOCKS 4 closes instead. */
function greet(proxy, signal) {
  return new Promise((done, fail) => {
    const socket = net.connect({ host: proxy.hostname, port: portOf(proxy), signal })
    const end = () => {
      socket.destroy()
      done()
    }
    socket.on('connect', () => socket.write(Buffer.from([5, 2, 0, 2])))
    socket.on('data', end).on('end', end).on('error', fail)
  })
}

const portOf = ({ port, protocol }) => Number(port) || { 'http:': 80, 'https:': 443 }[protocol] || 1080

/** An address as a person knows it, without its credentials. @param {URL} url */
const nameOf = ({ protocol, host }) => `${protocol}//${host}`

const UNREACHABLE = {
  ABORT_ERR: 'does not answer',
  ETIMEDOUT: 'does not answer',
  ECONNREFUSED: 'refuses connections',
  ENOTFOUND: 'is not known on this network',
  EAI_AGAIN: 'is not known on this network',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
}

/**
 * Other errors, such as those of a certificate, come from a server that answers, or are ones that npm tries again after.
 */
function failUnlessAnswered(error, who, via, remedy) {
  const what = UNREACHABLE[error.code]
  if (what) throw new Failure(`${who} ${what}${via}: ${remedy} and try again.`, { cause: error })
}
