/** The views of the room, in the order of their names above the work. A new one is a component and a line here. */
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import type { InspectView } from './inspect-address'
import ReadingView from './reading/ReadingView.vue'

export const VIEW_COMPONENTS: Readonly<Record<InspectView, Component>> = {
  reading: ReadingView,
  hidden: defineAsyncComponent(() => import('./states/StatesView.vue')),
  expectation: defineAsyncComponent(() => import('./expectation/ExpectationView.vue')),
  unrolled: defineAsyncComponent(() => import('./unrolled/UnrolledView.vue')),
  gradient: defineAsyncComponent(() => import('./gradient/GradientView.vue')),
  window: defineAsyncComponent(() => import('./window/WindowView.vue')),
}
