/** Asks the page to write what waits before the lab closes. A page that is gone or hangs is not waited for long. */

/** How long the page may take. */
export const MOST_MS = 2000

export class PageLeaving {
  #resolve: (() => void) | null = null

  /** @param ask tells the page; @param isThere whether there is one */
  async ask(ask: () => void, isThere: boolean, mostMs = MOST_MS): Promise<void> {
    if (!isThere) return
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.#resolve = resolve
      timer = setTimeout(resolve, mostMs)
      ask()
    })
    clearTimeout(timer)
    this.#resolve = null
  }

  answered(): void {
    this.#resolve?.()
  }
}
