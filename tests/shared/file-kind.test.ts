/** Which room takes a file: told by its beginning, and by its name where that says nothing. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HEAD_BYTES, kindOfFile } from '../../src/shared'

const kindOf = (name: string, head: Uint8Array) => kindOfFile(name, head, new TextDecoder().decode(head))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const safetensors = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, ...bytes('{}'))
const resources = join(import.meta.dirname, '../../resources')

describe('the kind of a file', () => {
  it.each([
    ['runs.engram', bytes(''), 'bundle'],
    ['runs', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'bundle'],
    ['model.safetensors', bytes('damaged'), 'model'],
    ['model.bin', safetensors, 'model'],
    ['torch.pt', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'model'],
    ['letter.docx', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'text'],
    ['photo', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13), 'picture'],
    ['photo.jpeg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'picture'],
    ['drawing.svg', bytes('<svg/>'), 'picture'],
    ['letters.txt', bytes('# A\n.#.\n###\n#.#\n\n# B\n##.\n###\n##.\n'), 'patterns'],
    ['letters.txt', bytes('101\r\n010\r\n101\r\n'), 'patterns'],
    ['letters.json', bytes('{ "width": 3, "height": 1, "patterns": [] }'), 'patterns'],
    ['cue.json', bytes('{"values": [[0.2, 1]]}'), 'patterns'],
    ['data.json', bytes('{"patents": []}'), 'text'],
    ['notes.md', bytes('# A heading\n\nSome words.\n- - -\n'), 'text'],
    ['numbers.txt', bytes('100\n200\n300\n'), 'text'],
    ['BM.txt', bytes('BM is how this text begins.'), 'text'],
    ['empty.txt', bytes(''), 'text'],
    ['korean', bytes('나는 사과를 갖고 싶다.'), 'text'],
  ])('%s is told', (name, head, kind) => {
    expect(kindOf(name, head)).toBe(kind)
  })

  it('of everything that comes with the lab is its own', () => {
    const kindsIn = (folder: string, ending: string) =>
      readdirSync(join(resources, folder))
        .filter((name) => name.endsWith(ending) && name !== 'index.json')
        .map((name) => kindOf(name, readFileSync(join(resources, folder, name)).subarray(0, HEAD_BYTES)))
    expect(new Set(kindsIn('corpora', '.txt'))).toEqual(new Set(['text']))
    expect(new Set(kindsIn('models', '.safetensors'))).toEqual(new Set(['model']))
  })

  it('of a long pattern file is not decided by the row that the beginning cuts', () => {
    const row = `${'#.'.repeat(50)}\n`
    const head = bytes(`# A\n${row.repeat(1000)}`).subarray(0, HEAD_BYTES - 1)
    const full = new Uint8Array(HEAD_BYTES)
    full.set(head)
    full[HEAD_BYTES - 1] = 'x'.charCodeAt(0)
    expect(kindOf('long.txt', full)).toBe('patterns')
  })
})
