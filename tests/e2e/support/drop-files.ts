/** Files dropped on the window as the system hands them over: by their paths, at a place. */
import type { LaunchedApp } from '../../../scripts/tour/launch-app.ts'

const COPY = 1

/** @param target a CSS selector; they fall into its middle */
export async function dropFiles({ page }: LaunchedApp, target: string, files: readonly string[]): Promise<void> {
  const box = await page.locator(target).first().boundingBox()
  if (!box) throw new Error(`${target} is not in sight`)
  const session = await page.context().newCDPSession(page)
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: [...files], dragOperationsMask: COPY }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place, data })
  }
  await session.detach()
}
