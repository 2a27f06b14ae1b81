/** Which addresses are the lab's own page. */
export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'lab'
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`

/** @param devServer the address of the development server, null in a built lab */
export function isOwnPage(address: string, devServer: string | null): boolean {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return false // what is no address is not ours
  }
  if (url.protocol === `${PAGE_SCHEME}:`) return url.host === PAGE_HOST
  return devServer !== null && url.origin === new URL(devServer).origin
}
