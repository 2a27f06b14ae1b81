/** The processor time of the busiest thread of a process: the one that trains. Linux tells it; elsewhere it is NaN. */
import { readdirSync, readFileSync } from 'node:fs'

/** Of a jiffy as /proc counts them, seconds. */
const TICK = 0.01

function threadTimes(pid: number): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      // After the name in brackets, which may hold spaces: utime and stime are the 14th and 15th of all fields.
      const fields = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      times.set(thread, (Number(fields[11]) + Number(fields[12])) * TICK)
    }
  } catch {
    return times
  }
  return times
}

/** @returns the seconds since then of the thread that had most of them */
export function startThreadClock(pid: number): () => number {
  const before = threadTimes(pid)
  return () => {
    const grown = [...threadTimes(pid)].map(([thread, time]) => time - (before.get(thread) ?? 0))
    return grown.length === 0 ? NaN : Math.max(...grown)
  }
}
