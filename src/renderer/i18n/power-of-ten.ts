/** Powers of ten as people write them. */
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** 10⁻⁵ for −5. */
export function powerOfTen(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)] ?? digit).join('')
  return `10${power < 0 ? '⁻' : ''}${digits}`
}
