/** The page's files and addresses: which are the lab's own, and nothing beside them. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { contentType, pageFile } from '../../src/main/protocol/page-file'
import { answerPage } from '../../src/main/protocol/serve-page'
import { CONTENT_POLICY } from '../../src/main/security/content-policy'
import { isOwnPage } from '../../src/main/security/is-own-page'
import { temporaryDirectory } from '../lab/support/temporary'

vi.mock('electron', () => ({ protocol: {} }))

const BAD_ADDRESSES = [
  'app://lab/../secret.txt',
  'app://lab/a/../../secret.txt',
  'app://lab/%2e%2e/secret.txt',
  'app://lab/%2E%2E%2Fsecret.txt',
  'app://lab/..%5csecret.txt',
  'app://lab/..\\secret.txt',
  'app://lab/index.html%00.png',
  'app://lab/index.html\0.png',
  'app://lab//etc/passwd',
  'app://lab//host/share',
  'app://lab/C:/windows',
  'app://lab/./index.html',
  'app://lab/.../index.html',
  'app://lab/',
  'app://lab',
  'app:///index.html',
  'app://other/index.html',
  'app://lab.evil/index.html',
  'app://lab:80/index.html',
  'app://user@lab/index.html',
  'App://lab/index.html',
  'file:///etc/passwd',
  'https://lab/index.html',
  '//lab/index.html',
  '/etc/passwd',
  '',
]

function bundle(): string {
  const root = temporaryDirectory()
  writeFileSync(join(root, 'secret.txt'), 'secret')
  const folder = join(root, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<title>lab</title>')
  writeFileSync(join(folder, 'assets', 'index-a_1.js'), 'void 0')
  symlinkSync(join(root, 'secret.txt'), join(folder, 'linked.txt'))
  symlinkSync(join(folder, 'index.html'), join(folder, 'inside.html'))
  return folder
}

describe('the address of a page’s file', () => {
  it.each(BAD_ADDRESSES)('%j names none', (address) => {
    expect(pageFile('/page', address, 'GET')).toBeNull()
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', ''])('asked by %j names none', (method) => {
    expect(pageFile('/page', 'app://lab/index.html', method)).toBeNull()
  })

  it.each([
    ['app://lab/index.html', 'index.html'],
    ['app://lab/index.html?x=../..#../y', 'index.html'],
    ['app://lab/assets/index-a_1.B@2.js', 'assets/index-a_1.B@2.js'],
  ])('%s names %s', (address, file) => {
    expect(pageFile('/page', address, 'GET')).toBe(join('/page', file))
    expect(pageFile('/page', address, 'HEAD')).toBe(join('/page', file))
  })

  it('has the type of its ending', () => {
    expect(['a.html', 'a.js', 'b.woff2', 'c', 'd.exe'].map(contentType)).toEqual([
      'text/html; charset=utf-8',
      'text/javascript; charset=utf-8',
      'font/woff2',
      'application/octet-stream',
      'application/octet-stream',
    ])
  })
})

describe('an answer', () => {
  it('has the file, its type and the policy', async () => {
    const folder = bundle()
    const answer = await answerPage(folder, 'app://lab/index.html', 'GET')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<title>lab</title>')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_POLICY)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await (await answerPage(folder, 'app://lab/inside.html', 'GET')).text()).toBe('<title>lab</title>')
    expect(await (await answerPage(folder, 'app://lab/index.html', 'HEAD')).text()).toBe('')
  })

  it.each([
    ['what is no address of the page', 'app://lab/../secret.txt', 400],
    ['a link that leads out of the bundle', 'app://lab/linked.txt', 404],
    ['a file that is not there', 'app://lab/none.js', 404],
    ['a folder', 'app://lab/assets', 404],
  ])('to %s is a refusal with the policy', async (_what, address, status) => {
    const answer = await answerPage(bundle(), address, 'GET')
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('secret')
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_POLICY)
  })
})

describe('the content policy', () => {
  it('is exactly this', () => {
    expect(CONTENT_POLICY).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    )
  })
})

describe('the lab’s own page', () => {
  it.each([
    ['app://lab/index.html', null, true],
    ['app://lab/', null, true],
    ['app://other/index.html', null, false],
    ['app://lab.evil/', null, false],
    ['https://lab/index.html', null, false],
    ['http://localhost:5173/', null, false],
    ['http://localhost:5173/x', 'http://localhost:5173', true],
    ['http://localhost:5174/', 'http://localhost:5173', false],
    ['http://localhost:5173@evil/', 'http://localhost:5173', false],
    ['file:///index.html', null, false],
    ['about:blank', null, false],
    ['data:text/html,x', null, false],
    ['no address', null, false],
    ['', null, false],
  ])('%j beside server %j: %s', (address, server, expected) => {
    expect(isOwnPage(address, server)).toBe(expected)
  })
})
