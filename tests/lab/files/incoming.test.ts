/** What comes through a pipe: kept in full, or not at all, and read no further than its bound. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collectIncoming, saveIncoming } from '../../../src/lab/files/incoming'
import { temporaryDirectory } from '../support/temporary'

const CHUNK = 1024 ** 2

/** @param chunks of a mebibyte each */
function source(chunks: number) {
  const given = { chunks: 0 }
  async function* generate(): AsyncGenerator<Uint8Array> {
    while (given.chunks < chunks) {
      given.chunks += 1
      yield new Uint8Array(CHUNK).fill(given.chunks)
    }
  }
  return { given, incoming: { name: 'standard input', chunks: generate() } }
}

describe('what comes through a pipe', () => {
  it('is collected and saved in order, up to its bound', async () => {
    const { bytes } = await collectIncoming(source(3).incoming, 3 * CHUNK)
    expect([bytes.length, bytes[0], bytes[CHUNK], bytes[3 * CHUNK - 1]]).toEqual([3 * CHUNK, 1, 2, 3])
    const file = join(temporaryDirectory(), 'text')
    await saveIncoming(source(3).incoming, file, 3 * CHUNK)
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is read no further than its bound, and nothing of it stays', async () => {
    const folder = temporaryDirectory()
    const endless = source(Infinity)
    await expect(saveIncoming(endless.incoming, join(folder, 'text'), 4 * CHUNK)).rejects.toThrow(
      'standard input: at least 5 MiB is more than the 4 MiB the lab reads. Choose a smaller file.',
    )
    expect(endless.given.chunks).toBe(5)
    expect(readdirSync(folder)).toEqual([])
  })

  it('that breaks is refused with the reason, and nothing of it stays', async () => {
    const folder = temporaryDirectory()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10)
      throw Object.assign(new Error('read failed'), { code: 'EIO' })
    }
    const saved = saveIncoming({ name: 'pipe', chunks: broken() }, join(folder, 'text'), CHUNK)
    await expect(saved).rejects.toThrow('pipe: the file cannot be read (EIO). Check its permissions.')
    expect(readdirSync(folder)).toEqual([])
  })
})
