/**
 * Locks between processes: one set-up at a time in a checkout, one maker of a cached thing. The lock is a folder: whoever
 * wants it lays down a claim, a file named after its process (pid and start time, so that a reused pid is not mistaken
 * for it), and holds the lock if no other living process has a claim there. A claim is laid down before the others are
 * looked at, so two can never both win; a claim of a dead process counts for nothing, so nothing has to be taken over by
 * force.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { atExit } from './signals.mjs'
import { tell } from './report.mjs'

const RETRY_MS = 200

/**
 * When a process started, as a text that two processes of one pid don't share; null: there is no such process.
 * @param {number} pid
 * @returns {string | null}
 */
export function startOf(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return null
  }
  try {
    if (process.platform === 'linux') {
      // The 22nd field; the second, the program's name, may hold spaces and brackets.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const afterName = fields.slice(fields.lastIndexOf(')') + 2).split(' ')
      return afterName[0] === 'Z' ? null : afterName[19]
    }
    if (process.platform === 'win32') return 'alive'
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).replace(/\W+/g, '_')
  } catch {
    return null
  }
}

/** This process's name on files that die with it. */
export const ownMark = () => `${process.pid}-${startOf(process.pid)}`

/** Whether the process that made such a mark still lives. @param {string} mark */
export function isMarkAlive(mark) {
  const [pid, ...start] = mark.split('-')
  return /^\d+$/.test(pid) && startOf(Number(pid)) === start.join('-')
}

const setUpWaiting = (holder) => `Another command is setting up (${holder}); waiting for it …`

/**
 * Waits for the lock, takes it and answers how to let it go.
 * @param {string} folder
 * @param {string} purpose what the others are told, such as "npm start"
 * @param {(holder: string) => string} waiting the line that is shown while another process holds it
 * @returns {Promise<() => void>}
 */
export async function takeLock(folder, purpose, waiting = setUpWaiting) {
  const mark = ownMark()
  const claim = join(folder, mark)
  const release = () => rmSync(claim, { force: true })
  let told = false
  for (;;) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(claim, purpose)
    const forget = atExit(release)
    const others = livingClaims(folder).filter((name) => name !== mark)
    if (others.length === 0) {
      return () => {
        release()
        forget()
      }
    }
    release()
    forget()
    if (!told) tell(waiting(describe(folder, others[0])))
    told = true
    // Uneven, so that two who met do not meet again for ever.
    await wait(RETRY_MS * (0.5 + Math.random()))
  }
}

/** Claims of living processes; those of dead ones are swept away. */
function livingClaims(folder) {
  return readdirSync(folder).filter((name) => {
    if (isMarkAlive(name)) return true
    rmSync(join(folder, name), { force: true })
    return false
  })
}

function describe(folder, claim) {
  const pid = claim.split('-')[0]
  try {
    return `${readFileSync(join(folder, claim), 'utf8')}, process ${pid}`
  } catch {
    return `process ${pid}`
  }
}
