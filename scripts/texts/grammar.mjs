/**
 * Sentences from patterns. `[a|b]` is a choice between a and b, `{name}` a value: one that is given for the scene, else a
 * word from the list of that name. Both may stand inside each other. A list is dealt like cards (random.mjs).
 */
import { createDealer } from './random.mjs'
import { withParticles } from './particles.mjs'

const INNERMOST_CHOICE = /\[([^[\]]*)\]/
/** The first letter of a text, of a sentence and of a line. */
const BEGINNING = /(^["“'‘]?|[.!?…] ["“'‘]?|\n["“'‘]?)([a-z])/g
const VALUE = /\{([^{}]+)\}/g

/** @param words lists of words by name; a scene gives further values */
export function createGrammar(random, words) {
  const deal = createDealer(random)

  function valueOf(name, scene) {
    if (name in scene) return scene[name]
    if (!(name in words)) throw new Error(`no list and no value is named ${name}`)
    return deal(words[name])
  }

  function expand(pattern, scene) {
    let text = pattern
    for (let choice = INNERMOST_CHOICE.exec(text); choice !== null; choice = INNERMOST_CHOICE.exec(text)) {
      const options = choice[1].split('|')
      const option = options[Math.floor(random() * options.length)]
      text = text.slice(0, choice.index) + option + text.slice(choice.index + choice[0].length)
    }
    const filled = text.replace(VALUE, (_, name) => valueOf(name, scene))
    return filled === text ? text : expand(filled, scene)
  }

  /** A word of a list, as it stands in the middle of a sentence. */
  const draw = (name) => expand(`{${name}}`, {})

  /** A pattern as sentences with capitals. */
  function write(patterns, scene = {}) {
    const pattern = typeof patterns === 'string' ? patterns : deal(patterns)
    return withParticles(expand(pattern, scene)).replace(
      BEGINNING,
      (_, before, letter) => before + letter.toUpperCase(),
    )
  }

  return { deal, draw, write }
}
