/** The runs room's words. */
export const en = {}
