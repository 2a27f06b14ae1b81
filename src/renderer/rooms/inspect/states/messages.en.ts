/** The Hidden states view's words. */
export const en = {
  overText: 'Unit {unit} over the text · {quantity}',
  stretchHint: 'Drag over the text, or hold Shift with the arrow keys, to choose a stretch.',
  handHint: 'Drag a row up or down, or hold Alt with the arrow keys.',
  waiting: 'Reading the states …',
  unit: 'Unit {unit}',
  unitCount: '{count} units | {count} unit | {count} units',
  zoom: 'Width of a time step',
  zooms: { 0: 'whole text', 2: '2 pixels a step', 6: '6 pixels a step', 14: '14 pixels a step' },
  tools: {
    label: 'Find units',
    stretch: 'Active in a stretch',
    property: 'Following the text',
    saturation: 'Gate saturation',
    spectrum: 'Spectrum of W_hh',
  },
  stretch: {
    threshold: 'Threshold',
    none: 'Choose a stretch of the text above: the units that are active there and not just before and after it are found.',
    found:
      'In “{text}” and not just before and after: {units} with an absolute value of at least {threshold}, the least active elsewhere first.',
    foundNone:
      'In “{text}” no unit reaches {threshold} at every step without reaching it just before or after. Lower the threshold or choose a shorter stretch.',
    units: 'Units of the stretch',
    elsewhere: 'Active at {share} of the other steps',
    places: 'Where else they are active ({count})',
    nowhere: 'At no other place in this text are at least 80 % of these units active.',
  },
  property: {
    quotes: 'inside quotes',
    brackets: 'in brackets',
    line: 'position in the line',
    word: 'position in the word',
    indentation: 'indentation',
    final: 'final consonant',
  },
  properties: {
    title: 'Units following the text',
    choose: 'Property of the text',
    constant:
      'In this text “{property}” never changes, so no unit can be seen following it. Read a text in which it does.',
    still: 'No unit changes where “{property}” can be told.',
    best: 'Unit {unit} follows “{property}” best: correlation {correlation}. A negative one falls where the property rises. Choose a unit to see it over the text.',
  },
  saturation: {
    title: 'Gate saturation',
    how: 'A point is a unit: how often its gate is below 0.1 (to the right) and above 0.9 (upwards).',
    shut: 'share < 0.1',
    open: 'share > 0.9',
    mean: '{gate}: shut at {shut} of the steps, open at {open}',
    short: '· shut {shut} · open {open}',
  },
  spectrum: {
    title: 'Eigenvalues of W_hh',
    how: 'Eigenvalues inside the unit circle shrink what is handed on step by step, those outside make it grow.',
    waiting: 'Computing the eigenvalues …',
    of: '{gate}: spectral radius {radius}, largest singular value {sigma}',
    short: '· radius {radius} · largest σ {sigma}',
  },
}
