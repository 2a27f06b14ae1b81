/** What is asked for in the dialog of pattern sets. */
export type SetDeed = 'new' | 'saveAs' | 'duplicate' | 'rename'
