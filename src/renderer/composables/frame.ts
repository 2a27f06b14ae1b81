/**
 * One requestAnimationFrame for everything that draws. Whoever has something to draw asks with a key; asking again before
 * the frame costs nothing, and a hidden page draws nothing until it is seen.
 */
const waiting = new Map<object, () => void>()
let asked = 0

function drawAll(): void {
  asked = 0
  const drawings = [...waiting.values()]
  waiting.clear()
  for (const draw of drawings) draw()
}

/** Draws at the next frame; a drawing that waits under the same key is replaced. */
export function requestDraw(key: object, draw: () => void): void {
  waiting.set(key, draw)
  if (asked === 0) asked = requestAnimationFrame(drawAll)
}

export function cancelDraw(key: object): void {
  waiting.delete(key)
}

/** How often a live view that nobody touches draws, in milliseconds. */
export const LIVE_INTERVAL_MS = 1000 / 15
