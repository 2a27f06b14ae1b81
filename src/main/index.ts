/** The Electron shell's composition: what is set up, in the order in which it must be. */
import { setUpApp } from './set-up-app'

setUpApp()
