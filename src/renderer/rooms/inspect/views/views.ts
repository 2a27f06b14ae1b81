/** The views of the room, in the order of their names above the work. A new one is a component and a line here. */
import { defineAsyncComponent } from 'vue'
import type { Component } from 'vue'
import type { InspectView } from '../inspect-address'
import HiddenStatesView from './HiddenStatesView.vue'

export const VIEW_COMPONENTS: Readonly<Record<InspectView, Component>> = {
  hidden: HiddenStatesView,
  expectation: defineAsyncComponent(() => import('../expectation/ExpectationView.vue')),
  unrolled: defineAsyncComponent(() => import('../unrolled/UnrolledView.vue')),
}
