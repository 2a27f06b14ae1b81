/**
 * Renames functions that a shared library imports, in the bytes of the library (ELF, 64 bits, little-endian). The new
 * name has the length of the old one, so nothing moves; imports are not part of the library's hash table.
 * Source of the layout: System V Application Binary Interface, "Object Files" and "Dynamic Linking".
 */
const PT_LOAD = 1
const PT_DYNAMIC = 2
const DT_NULL = 0n
const DT_STRTAB = 5n
const DT_STRSZ = 10n

/** @param {Buffer} bytes */
export const isElf64 = (bytes) => bytes.length >= 64 && bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2

/**
 * @param {Buffer} bytes a library; it is not changed
 * @param {Readonly<Record<string, string>>} names new name by old name, of equal length
 * @returns {Buffer} a copy with the new names
 * @throws {Error} when the library is of another format, or does not import exactly one function of a name
 */
export function renameImports(bytes, names) {
  if (!isElf64(bytes)) throw new Error('this is not a 64-bit ELF library')
  const { start, end } = findStringTable(bytes)
  const copy = Buffer.from(bytes)
  for (const [oldName, newName] of Object.entries(names)) {
    if (oldName.length !== newName.length) throw new Error(`${newName} has another length than ${oldName}`)
    const entry = Buffer.from(`\0${oldName}\0`, 'latin1')
    const table = bytes.subarray(start, end)
    const at = table.indexOf(entry)
    if (at < 0 || table.indexOf(entry, at + 1) >= 0) throw new Error(`it does not import ${oldName} exactly once`)
    copy.write(newName, start + at + 1, 'latin1')
  }
  return copy
}

/** The file's range of the dynamic string table. @param {Buffer} bytes */
function findStringTable(bytes) {
  const headers = readProgramHeaders(bytes)
  const dynamic = headers.find(({ type }) => type === PT_DYNAMIC)
  if (!dynamic) throw new Error('this library has no dynamic section')
  const values = new Map()
  for (let at = dynamic.offset; at + 16 <= dynamic.offset + dynamic.size; at += 16) {
    const tag = bytes.readBigInt64LE(at)
    if (tag === DT_NULL) break
    values.set(tag, Number(bytes.readBigUInt64LE(at + 8)))
  }
  const address = values.get(DT_STRTAB)
  const size = values.get(DT_STRSZ)
  const segment = headers.find(
    ({ type, address: from, size: length }) => type === PT_LOAD && address >= from && address < from + length,
  )
  if (address === undefined || size === undefined || !segment) throw new Error('this library has no string table')
  const start = segment.offset + (address - segment.address)
  return { start, end: start + size }
}

/** @param {Buffer} bytes */
function readProgramHeaders(bytes) {
  const first = Number(bytes.readBigUInt64LE(32))
  const entrySize = bytes.readUInt16LE(54)
  const count = bytes.readUInt16LE(56)
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * entrySize
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: Number(bytes.readBigUInt64LE(at + 16)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    }
  })
}
