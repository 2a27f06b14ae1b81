/** The settings room's words. */
export const en = {}
