/**
 * English and Korean. Each room keeps its own messages beside it; a string missing in one language doesn't compile, since
 * the Korean modules have the English ones' type.
 */
import { createI18n } from 'vue-i18n'
import type { Translation } from './messages'
import { en as errorsEn } from './errors.en'
import { ko as errorsKo } from './errors.ko'
import { ko as modelFaultsKo } from './model-faults.ko'
import { MODEL_FAULTS } from '../../shared'
import { en as commonEn } from './common.en'
import { ko as commonKo } from './common.ko'
import { en as inspectEn } from '../rooms/inspect/messages.en'
import { ko as inspectKo } from '../rooms/inspect/messages.ko'
import { en as recallEn } from '../rooms/recall/messages.en'
import { ko as recallKo } from '../rooms/recall/messages.ko'
import { en as runsEn } from '../rooms/runs/messages.en'
import { ko as runsKo } from '../rooms/runs/messages.ko'
import { en as settingsEn } from '../rooms/settings/messages.en'
import { ko as settingsKo } from '../rooms/settings/messages.ko'
import { en as trainEn } from '../rooms/train/messages.en'
import { ko as trainKo } from '../rooms/train/messages.ko'

const en = {
  ...commonEn,
  errors: errorsEn,
  modelFaults: MODEL_FAULTS,
  recall: recallEn,
  train: trainEn,
  inspect: inspectEn,
  runs: runsEn,
  settings: settingsEn,
}

const ko: Translation<typeof en> = {
  ...commonKo,
  errors: errorsKo,
  modelFaults: modelFaultsKo,
  recall: recallKo,
  train: trainKo,
  inspect: inspectKo,
  runs: runsKo,
  settings: settingsKo,
}

export const LANGUAGES = ['en', 'ko'] as const
export type Language = (typeof LANGUAGES)[number]
export const messages = { en, ko }

export const i18n = createI18n({
  legacy: false,
  locale: 'en' as Language,
  fallbackLocale: 'en',
  messages,
  missingWarn: true,
  fallbackWarn: true,
})
