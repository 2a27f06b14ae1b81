/** Numbers, sizes and durations as people read them: real minus signs, thin spaces before units, cached formats. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'

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
  /** Losses: four significant digits. */
  readonly loss: (value: number | null | undefined) => string
  /** As it is, up to ten significant digits. */
  readonly exact: (value: number | null | undefined) => string
  readonly fixed: (value: number | null | undefined, digits: number) => string
  readonly percent: (share: number | null | undefined, digits?: number) => string
  /** 182,400 becomes 182 k. */
  readonly short: (value: number | null | undefined) => string
  readonly bytes: (value: number) => string
  readonly duration: (seconds: number | null | undefined) => string
  readonly dateTime: (milliseconds: number) => string
}

const NOTHING = '\u2013'

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
    exact: known((value) => formatOf(locale, { maximumSignificantDigits: 10 }).format(value)),
    loss: known((value) =>
      formatOf(locale, { minimumSignificantDigits: 4, maximumSignificantDigits: 4 }).format(value),
    ),
    percent: (share, digits = 0) => (share == null ? NOTHING : `${fixed(share * 100, digits)}${THIN_SPACE}%`),
    short: known((value) =>
      value >= 10_000
        ? `${formatOf(locale, { maximumFractionDigits: 0 }).format(value / 1000)}${THIN_SPACE}k`
        : whole(value),
    ),
    bytes: (value) => {
      const units = ['B', 'kB', 'MB', 'GB']
      const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3))
      return `${fixed(value / 1000 ** power, power === 0 ? 0 : 1)}${THIN_SPACE}${units[power]}`
    },
    duration: (seconds) => {
      if (seconds == null || !Number.isFinite(seconds)) return NOTHING
      if (seconds < 90) return say('duration.seconds', { count: whole(Math.max(0, Math.round(seconds))) })
      if (seconds < 5400) return say('duration.minutes', { count: whole(Math.round(seconds / 60)) })
      return say('duration.hours', { count: fixed(seconds / 3600, 1) })
    },
    dateTime: (milliseconds) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds),
  }
}

/** The formatter of the language in use. */
export function useFormat() {
  const { locale, t } = useI18n()
  return computed(() => createFormatter(locale.value, (key, named) => t(key, named)))
}
