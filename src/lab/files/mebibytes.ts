/** A number of bytes for a sentence, rounded up. */
export function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)} MiB`
}
