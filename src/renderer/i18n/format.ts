/** Numbers, sizes and durations as people read them: real minus signs, thin spaces before units, cached formats. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { powerOfTen } from './power-of-ten'

const THIN_SPACE = '\u2009'
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, known)
  return known
}

/** A hyphen that stands for minus becomes a minus sign. */
function minus(text: string): string {
  return text.replace('-', '\u2212')
}

export interface Formatter {
  readonly whole: (value: number | null | undefined) => string
  /** Losses: four significant digits; with a power of ten where a loss has left all bounds. */
  readonly loss: (value: number | null | undefined) => string
  /** Losses beside an axis: two decimals, unless they would say nothing or be too many. */
  readonly lossMark: (value: number | null | undefined) => string
  /** As it is, up to ten significant digits. */
  readonly exact: (value: number | null | undefined) => string
  readonly fixed: (value: number | null | undefined, digits: number) => string
  readonly percent: (share: number | null | undefined, digits?: number) => string
  /** 182,400 becomes 182 k. */
  readonly short: (value: number | null | undefined) => string
  readonly bytes: (value: number) => string
  readonly duration: (seconds: number | null | undefined) => string
  /** To two digits below ten, for times that stand beside each other. */
  readonly exactDuration: (seconds: number | null | undefined) => string
  readonly dateTime: (milliseconds: number) => string
  /** In a list, where every character counts: of today the time, else the day, with its year where it is another. */
  readonly shortDate: (milliseconds: number, now: number) => string
}

const NOTHING = '\u2013'
/** From here on a loss is told by its power of ten. */
const BOUNDLESS = 1e5
const LEAST_DECIMALS = 0.01
/** Beyond these a number is told by its power of ten too. */
const LEAST_EXACT = 1e-5
const MOST_EXACT = 1e12

/** From here on thousands would read 1,000. */
const LEAST_MILLION = 999_500

/** 6.15 · 10²⁸ */
function withPower(locale: string, value: number, mostDigits: number): string {
  const [mantissa, power] = value.toExponential(mostDigits).split('e')
  const shown = formatOf(locale, { maximumFractionDigits: mostDigits }).format(Number(mantissa))
  return `${shown} · ${powerOfTen(Number(power))}`
}

function durationText(
  seconds: number | null | undefined,
  say: (key: string, named: Record<string, unknown>) => string,
  write: (value: number) => string,
  writeHours: (value: number) => string,
): string {
  if (seconds == null || !Number.isFinite(seconds)) return NOTHING
  if (seconds < 90) return say('duration.seconds', { count: write(Math.max(0, seconds)) })
  if (seconds < 5400) return say('duration.minutes', { count: write(seconds / 60) })
  return say('duration.hours', { count: writeHours(seconds / 3600) })
}

export function createFormatter(
  locale: string,
  say: (key: string, named: Record<string, unknown>) => string,
): Formatter {
  const known =
    (write: (value: number) => string) =>
    (value: number | null | undefined): string =>
      value === null || value === undefined || !Number.isFinite(value) ? NOTHING : minus(write(value))
  const fixed = (value: number | null | undefined, digits: number): string =>
    known((number) =>
      formatOf(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(number),
    )(value)
  const whole = known((value) => formatOf(locale, { maximumFractionDigits: 0 }).format(value))
  return {
    whole,
    fixed,
    exact: known((value) => {
      const size = Math.abs(value)
      return size !== 0 && (size < LEAST_EXACT || size >= MOST_EXACT)
        ? withPower(locale, value, 9)
        : formatOf(locale, { maximumSignificantDigits: 10 }).format(value)
    }),
    loss: known((value) =>
      Math.abs(value) < BOUNDLESS
        ? formatOf(locale, { minimumSignificantDigits: 4, maximumSignificantDigits: 4 }).format(value)
        : withPower(locale, value, 2),
    ),
    lossMark: known((value) => {
      const size = Math.abs(value)
      if (size >= BOUNDLESS) return withPower(locale, value, 1)
      if (size > 0 && size < LEAST_DECIMALS) return formatOf(locale, { maximumSignificantDigits: 2 }).format(value)
      return fixed(value, 2)
    }),
    percent: (share, digits = 0) => (share == null ? NOTHING : `${fixed(share * 100, digits)}${THIN_SPACE}%`),
    short: known((value) => {
      const scaled = (divisor: number, mostDigits: number, unit: string): string =>
        `${formatOf(locale, { maximumFractionDigits: mostDigits }).format(value / divisor)}${THIN_SPACE}${unit}`
      if (value >= LEAST_MILLION) return scaled(1e6, 2, 'M')
      return value >= 10_000 ? scaled(1000, 0, 'k') : whole(value)
    }),
    bytes: (value) => {
      const units = ['B', 'kB', 'MB', 'GB']
      const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3))
      return `${fixed(value / 1000 ** power, power === 0 ? 0 : 1)}${THIN_SPACE}${units[power]}`
    },
    duration: (seconds) => durationText(seconds, say, whole, (hours) => fixed(hours, 1)),
    exactDuration: (seconds) => {
      const twoDigits = (value: number): string =>
        value < 10 ? formatOf(locale, { maximumSignificantDigits: 2 }).format(value) : whole(value)
      return durationText(seconds, say, twoDigits, twoDigits)
    },
    dateTime: (milliseconds) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds),
    shortDate: (milliseconds, now) => {
      const [day, today] = [new Date(milliseconds), new Date(now)]
      const parts: Intl.DateTimeFormatOptions =
        day.toDateString() === today.toDateString()
          ? { timeStyle: 'short' }
          : day.getFullYear() === today.getFullYear()
            ? { month: 'short', day: 'numeric' }
            : { dateStyle: 'medium' }
      return new Intl.DateTimeFormat(locale, parts).format(day)
    },
  }
}

/** The formatter of the language in use. */
export function useFormat() {
  const { locale, t } = useI18n()
  return computed(() => createFormatter(locale.value, (key, named) => t(key, named)))
}
