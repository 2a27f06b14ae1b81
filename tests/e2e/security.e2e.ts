/** What a page of the lab cannot do, tried in the real window. */
import type { Page } from 'playwright'
import { expect, forgive, test } from './support/lab-test'

/** Runs it in the page and answers which rule of the content policy it broke. */
function brokenRule(page: Page, work: () => void): Promise<string | null> {
  return page.evaluate(async (source) => {
    const broken = new Promise<string | null>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true })
      setTimeout(() => resolve(null), 3000)
    })
    const link = document.createElement(source === 'image' ? 'img' : 'script')
    if (source === 'image') (link as HTMLImageElement).src = 'https://example.invalid/x.png'
    else link.textContent = 'window.intruded = true'
    document.body.append(link)
    return broken
  }, work.name)
}

test('the page has no Node, an isolated bridge and a sandbox', async ({ openShared }) => {
  const { app, page } = await openShared()
  const globals = await page.evaluate(() =>
    ['require', 'process', 'Buffer', 'module'].map((name) => typeof Reflect.get(window, name)),
  )
  expect(globals).toEqual(['undefined', 'undefined', 'undefined', 'undefined'])
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0].webContents as Electron.WebContents & {
      getLastWebPreferences: () => Electron.WebPreferences
    }
    const { sandbox, contextIsolation, nodeIntegration, webviewTag } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webviewTag }
  })
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false })
  const replaced = await page.evaluate(() => {
    try {
      Reflect.set(window, 'lab', null)
      Reflect.set(window.lab.runs, 'list', null)
    } catch {
      return false
    }
    return window.lab === null || typeof window.lab.runs.list !== 'function'
  })
  expect(replaced).toBe(false)
})

test('it stays where it is, and opens no window', async ({ openShared }) => {
  const { app, page } = await openShared()
  const address = page.url()
  expect(address).toBe('app://lab/index.html')
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.invalid/'
    document.body.append(link)
    link.click()
    link.target = '_blank'
    link.click()
    window.open('https://example.invalid/')
    location.href = 'app://elsewhere/index.html'
  })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  expect(page.url()).toBe(address)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('permissions are refused', async ({ openShared }) => {
  const { page } = await openShared()
  const answers = await page.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    clipboard: await navigator.clipboard.readText().then(
      () => 'read',
      () => 'refused',
    ),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      () => 'refused',
    ),
  }))
  expect(answers).toEqual({ notification: 'denied', clipboard: 'refused', camera: 'refused' })
})

test('only the lab’s own files are served, and none outside the page', async ({ openShared }) => {
  const { page, complaints } = await openShared()
  const statuses = await page.evaluate(async () => {
    const paths = ['index.html', '%2e%2e/main/index.cjs', '..%5cmain%5cindex.cjs', 'assets/none.js']
    return Promise.all(paths.map((path) => fetch(`app://lab/${path}`).then(({ status }) => status)))
  })
  expect(statuses).toEqual([200, 404, 400, 404])
  forgive(complaints, /^Failed to load resource/, 3)
})

test('a page that asks wrongly is refused without a trace of how', async ({ openShared }) => {
  const { page } = await openShared()
  const answers = await page.evaluate(async () => {
    const { runs, corpora } = window.lab as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >
    return Promise.all([runs.show({ run: '../../etc' }), runs.show([]), corpora.inspect({ token: '/etc/passwd' })])
  })
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_INPUT' } })
    expect(JSON.stringify(answer)).not.toMatch(/at .*:\d+|\/etc\/passwd/)
  }
})

test('scripts and pictures from elsewhere are blocked by the content policy', async ({ openShared }) => {
  const lab = await openShared()
  expect(await brokenRule(lab.page, function script() {})).toMatch(/^script-src/)
  expect(await brokenRule(lab.page, function image() {})).toBe('img-src')
  expect(await lab.page.evaluate(() => Reflect.get(window, 'intruded'))).toBeUndefined()
  forgive(lab.complaints, /Content Security Policy/, 2)
  forgive(lab.requests, /example\.invalid/)
})
