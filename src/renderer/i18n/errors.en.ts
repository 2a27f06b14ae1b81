/** The errors' sentences in the window; where the terminal would name an option, the window names what it shows. */
import { ERROR_SENTENCES } from '../../shared'
import type { ErrorCode } from '../../shared'

export const en: Record<ErrorCode, string> = {
  ...ERROR_SENTENCES,
  E_FILE_EXISTS: '{file}: the file exists already. Choose another name.',
  E_BINARY: '{file}: this does not look like text. Choose a text file.',
  E_NOTHING_HELD_OUT: '{name}: of {tokens} tokens nothing is held out. Choose a longer text or hold out more.',
  E_SYMBOLS_UNKNOWN: 'The model does not know these symbols: {symbols}. Leave them out.',
  E_MODEL_ALPHABET:
    '{file}: the file does not say which {symbols} symbols its rows stand for. Open it in the Inspect room, which asks for them.',
  E_ENCODING: '{file}: the text cannot be decoded as {encoding} at byte {offset}. Choose its encoding.',
}
