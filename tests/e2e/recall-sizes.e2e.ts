/** The pictures keep their proportions in a window of any size: a canvas never pushes what it is measured by. */
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

test('a picture is as high as it is wide at every size of the window, and stays so', async ({ openShared }) => {
  const lab = await openShared()
  const { page, app } = lab
  await goTo(lab, 'Recall')
  const worst: number[] = []
  for (let step = 0; step < 40; step++) {
    await app.evaluate(
      ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0].setContentSize(width, height),
      [1280 + 16 * step + (step % 3), 800 + 7 * step],
    )
    worst.push(
      await page.evaluate(async () => {
        for (let frame = 0; frame < 12; frame++) await new Promise((next) => requestAnimationFrame(next))
        const boxes = [...document.querySelectorAll('[role="region"] canvas.grid, section canvas.grid')].map((canvas) =>
          canvas.getBoundingClientRect(),
        )
        return Math.max(...boxes.map(({ width, height }) => Math.abs(width - height)))
      }),
    )
  }
  expect(worst.filter((difference) => difference > 1)).toEqual([])
})
