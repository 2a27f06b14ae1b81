/** The words of the recall that is watched. */
export const playback = {
  field: {
    title: 'Field h',
    none: 'The field of a neuron is what all the others tell it together. Above 0 it becomes +1, below 0 it becomes −1.',
    neuron: 'row {row}, column {column}',
    up: 'Above 0 it becomes +1.',
    down: 'Below 0 it becomes −1.',
    nothing: 'At 0 it stays as it is.',
    chance: 'It becomes +1 with probability {probability}; drawn: {value}.',
    turns: 'It turns over.',
    stays: 'It stays.',
    parts: 'What each pattern adds',
    bias: 'bias',
    rest: '{count} more | {count} more | {count} more',
  },
  time: {
    label: 'Recall, step by step',
    recall: 'Recall',
    pause: 'Pause',
    continue: 'Continue',
    toCue: 'Back to the cue',
    back: 'One neuron back',
    neuron: 'One neuron on',
    sweep: 'One sweep on',
    toEnd: 'To the end',
    stop: 'Stop here',
    place: 'Place in the recall',
    where: 'sweep {sweep} · {visit} / {total}',
    speed: 'Speed',
    speedOf: '{speed} neurons/s',
    fastest: 'as fast as it goes',
  },
  verdict: {
    empty: {
      title: 'Nothing is stored yet.',
      text: 'Tick a pattern on the left, or draw one and store it.',
    },
    ready: {
      title: 'The network is ready.',
      text: 'Recall updates its neurons until nothing changes any more.',
    },
    beginning: {
      title: 'The network is being built.',
      text: 'P = {patterns}, N = {neurons}.',
    },
    underway: {
      title: 'Sweep {sweep}:',
      text: 'each neuron takes the sign of its field h, until the output equals the input.',
    },
    stored: {
      title: 'Closest to “{name}”.',
      text: 'Overlap {overlap}; no neuron differs. | Overlap {overlap}; {count} neuron differs. | Overlap {overlap}; {count} neurons differ.',
    },
    inverse: {
      title: 'The inverse of “{name}”.',
      text: 'Overlap {overlap}: storing a pattern stores its inverse too.',
    },
    mixture: {
      title: 'A mixture of {count}: {names}.',
      text: 'Largest overlap {overlap}: stable, though never stored.',
    },
    cycle: {
      title: 'A cycle of two states.',
      text: 'Largest overlap {overlap}: no state here equals what follows from it.',
    },
    three: 'three',
    five: 'five',
    spurious: {
      title: 'None of the stored patterns.',
      text: 'Largest overlap {overlap}: a spurious state.',
    },
    why: {
      converged: 'The output was fed back to the input until the two were equal: nothing changes any more.',
      cycle: 'It goes to and fro between two states, as synchronous updates can.',
      stopped: 'It was still changing after {sweeps} sweeps.',
      warm: 'At temperature {temperature} it never comes to rest: this is where {sweeps} sweeps led.',
      byHand: 'You stopped it in sweep {sweep}.',
    },
  },
  why: {
    ask: 'Why?',
    title: 'Why this verdict',
    stored:
      'Its overlap with the state is {overlap}: no neuron differs. | Its overlap with the state is {overlap}: {count} neuron differs. | Its overlap with the state is {overlap}: {count} neurons differ.',
    inverse:
      'Inverses come for free: every term of the energy is a product of two neurons, so E(s) = E(−s) without a bias, and the state opposite to a stored pattern lies as deep.',
    inverseOther: 'Its overlap with the state is {overlap}: nearly every neuron is the opposite.',
    mixture:
      'The sign of the sum of these patterns has an overlap of {overlap} with the state. It is near to each of them (at most {largest}) and equal to none; such mixtures are minima of the energy that nobody stored.',
    cycle:
      'All neurons change at once, so each answers to a state that is already gone. The first state leads to the second and the second back to the first; one neuron at a time would end.',
    spurious:
      'The nearest pattern is “{name}” with an overlap of {overlap}, less than 0.95 in size: the network came to rest in a valley that nobody dug.',
    bestMixture: 'No mixture of three or five explains it either: the best has an overlap of {overlap}.',
    chance:
      'At temperature {temperature} a neuron becomes +1 with probability σ(2h/T), not always by the sign of its field. The state wanders around a valley; the verdict is of the moment at which it ended.',
    pictures: 'What is compared',
    state: 'state',
    before: 'one sweep before',
    sum: 'sign of the sum',
    overlaps: 'Overlap m with the stored patterns',
    line: 'From the dotted lines on, at ±0.95, a state counts as the pattern or its inverse.',
    more: '{count} more is nearer to 0. | {count} more is nearer to 0. | {count} more are nearer to 0.',
  },
  keep: {
    label: 'Keep as a run',
    kept: 'The recall is kept as “{name}”.',
    see: 'See it in Runs',
  },
  temperature: {
    label: 'Temperature',
    help: '0: only downhill. Above it chance shakes the state out of mixtures; above about 0.46 none lasts (Hebbian rule, few patterns).',
  },
  sweeps: {
    label: 'Sweeps at most',
    help: 'Up to {most} on this grid: {visits} visits are kept for winding back.',
    helpWarm:
      'Above temperature 0 it takes all of them. Up to {most} on this grid: {visits} visits are kept for winding back.',
  },
}
