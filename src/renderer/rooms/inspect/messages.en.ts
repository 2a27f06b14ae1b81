/** The inspect room's words. */
export const en = {}
