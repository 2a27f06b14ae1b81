/** How far something is, as one line: a bar, its share, its rate and the time left. */
const WIDTH = 20

/** @param now milliseconds that never go back */
export function createProgressBar(
  progress: (line: string) => void,
  unit: string,
  now: () => number = () => performance.now(),
): (done: number, total: number) => void {
  const begun = now()
  return (done, total) => progress(progressLine(done, total, (now() - begun) / 1000, unit))
}

export function progressLine(done: number, total: number, seconds: number, unit: string): string {
  const share = done / total
  const full = Math.round(share * WIDTH)
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
  const rate = seconds > 0 ? done / seconds : 0
  const speed = rate > 0 ? `, ${Number(rate.toPrecision(3))} a second, ${duration((total - done) / rate)} left` : ''
  return `${bar} ${Math.floor(share * 100)} %  ${done} of ${total} ${unit}${speed}`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
