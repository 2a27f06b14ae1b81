/** The page: settings first, so that the first picture has its language and theme, then the rooms. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { startEvents } from './bridge/events'
import { answerLeaving } from './bridge/leaving'
import { i18n } from './i18n'
import { useAppStore } from './stores/app.store'
import { useNoticesStore } from './stores/notices.store'
import { useRunsStore } from './stores/runs.store'
import './styles/tokens.css'
import './styles/base.css'

const app = createApp(App).use(createPinia()).use(i18n)

async function start(): Promise<void> {
  answerLeaving()
  await startEvents()
  await useAppStore().load()
}

start()
  .then(() => useRunsStore().load())
  .catch((error: unknown) => useNoticesStore().fail(error))
  .finally(() => app.mount('#app'))
