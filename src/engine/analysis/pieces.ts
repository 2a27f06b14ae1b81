/** Long work is a generator that stops between its pieces, so that whoever waits may do something else or turn away. */

/** Does all of it at once. */
export function finish<Found>(pieces: Generator<unknown, Found>): Found {
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
  }
}
