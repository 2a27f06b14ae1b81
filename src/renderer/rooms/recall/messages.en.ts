/** The recall room's words. */
export const en = {}
