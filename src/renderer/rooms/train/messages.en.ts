/** The train room's words. */
export const en = {}
