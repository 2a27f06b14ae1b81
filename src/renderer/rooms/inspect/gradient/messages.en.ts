/** The Gradient view's words. */
export const en = {
  title: 'Gradient by distance',
  light: 'How strongly each earlier step acts on this prediction',
  of: 'After step {step} (“{read}”), of the prediction of “{next}”',
  label: 'Length of the gradient of the prediction after step {step} by distance back in time, on a logarithmic axis',
  lag: 'steps back, k',
  mode: 'What is drawn',
  modes: { runs: 'runs', layers: 'layers', ways: 'h and c' },
  stage: { trained: '{name}, as it is now', initial: '{name}, as initialised' },
  layer: 'layer {layer}',
  way: {
    total: 'h, by every way',
    cellTotal: 'c, by every way',
    throughCell: 'c, through cell states alone',
    throughHidden: 'h, through hidden states alone',
  },
  bound: 'bound σᵏ, σ = {sigma}',
  cut: 'training cuts at {sequence}',
  facts: 'What the curves say',
  table: 'Steps back at which it falls under one thousandth, for good',
  column: { trained: 'now', initial: 'fresh' },
  lost: '{name}: {lag} steps back it falls under one thousandth of its length at the prediction, for good.',
  kept: '{name}: it stays above one thousandth; {lag} steps back, at the text’s beginning, {share} of it is left.',
  boundShrinks:
    'The largest singular value of W_hh is {sigma}, below 1: the gradient can be no longer than σᵏ times its length at the prediction, so it must vanish.',
  boundGrows:
    'The largest singular value of W_hh is {sigma}, so the bound σᵏ grows and allows an explosion; that the curve falls below it is the work of tanh.',
  cellWay:
    'An LSTM’s gradient goes back through the hidden state, where weights multiply it, and through the cell state, where the forget gate alone does. “h and c” draws both ways apart.',
  cutFact: 'Training of this run read {sequence} steps at a time: no gradient ever went further back than that.',
  clipped:
    'Gradients longer than {clip} were shortened to it: {share} of {points} recorded points, the longest {longest}.',
  beside: 'Beside it (at most two)',
  waiting: 'Going back through time …',
  later: 'Step {step} “{symbol}” comes after the prediction: nothing goes back to it.',
  reach: 'Step {step} “{symbol}”: ‖∂L/∂h‖ = {norm}',
  window:
    'A feed-forward window hands no hidden state from step to step, so no gradient runs back through time. Choose a vanilla, LSTM or GRU run.',
  short: 'Type two characters or more: the gradient is of the prediction of one from those before it.',
}
