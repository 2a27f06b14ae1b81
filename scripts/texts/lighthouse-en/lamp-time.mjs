/** When the lamp is lit: a little earlier or later every day, told in words. */

export const MONTHS = [
  ['January', 31],
  ['February', 28],
  ['March', 31],
  ['April', 30],
  ['May', 31],
  ['June', 30],
  ['July', 31],
  ['August', 31],
  ['September', 30],
  ['October', 31],
  ['November', 30],
  ['December', 31],
]
const DAYS_BEFORE = MONTHS.map((_, month) => MONTHS.slice(0, month).reduce((sum, [, days]) => sum + days, 0))
/** The lamp is lit between a quarter to five in December and a quarter to ten in June: minutes after noon. */
const [EARLIEST_LAMP, LATEST_LAMP] = [285, 585]
const SHORTEST_DAY = 355

const HOURS = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven']
const MINUTES = ['', 'five past', 'ten past', 'a quarter past', 'twenty past', 'twenty-five past', 'half past']
const MINUTES_TO = ['', 'five to', 'ten to', 'a quarter to', 'twenty to', 'twenty-five to']

/** @param minutes after noon */
export function timeInWords(minutes) {
  const fives = Math.round(minutes / 5)
  const [hour, part] = [Math.floor(fives / 12), fives % 12]
  if (part === 0) return `${HOURS[hour % 12]} o'clock`
  return part <= 6 ? `${MINUTES[part]} ${HOURS[hour % 12]}` : `${MINUTES_TO[12 - part]} ${HOURS[(hour + 1) % 12]}`
}

export function lampMinutes(month, day) {
  const place = (DAYS_BEFORE[month] + day - SHORTEST_DAY) / 365
  return EARLIEST_LAMP + ((LATEST_LAMP - EARLIEST_LAMP) * (1 - Math.cos(2 * Math.PI * place))) / 2
}
