import type { Translation } from '../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {}
