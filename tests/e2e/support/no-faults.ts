/** What axe finds wrong with what is in sight, by the rules of WCAG 2.2 AA. */
import AxeBuilder from '@axe-core/playwright'
import type { LaunchedApp } from '../../../scripts/tour/launch-app.ts'
import { expect } from './lab-test'

export async function expectNoFaults({ page }: LaunchedApp, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0].target.join(' ')}`)).toEqual([])
}
