/** Random numbers and choices from a seed, for the scripts that write the bundled texts. */

/** @returns a function that draws numbers from 0 to below 1 (mulberry32) */
export function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `least` to `most`. */
export function wholeNumber(random, least, most) {
  return least + Math.floor(random() * (most - least + 1))
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled(random, items) {
  const copy = [...items]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = wholeNumber(random, 0, last)
    ;[copy[last], copy[other]] = [copy[other], copy[last]]
  }
  return copy
}

/**
 * Deals the items of a list like cards from a shuffled deck: each is dealt once before any returns, so that neighbouring
 * sentences seldom repeat each other.
 */
export function createDealer(random) {
  const decks = new Map()
  return (items) => {
    if (items.length === 0) throw new Error('there is nothing to choose from')
    let deck = decks.get(items)
    if (deck === undefined || deck.length === 0) decks.set(items, (deck = shuffled(random, items)))
    return deck.pop()
  }
}
