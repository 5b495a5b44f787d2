import { notRun } from '@tutti/test-servers'
import { expect, vi } from 'vitest'
import { readDashboards } from '../../pictures/dashboards.ts'
import { fill } from '../../pictures/fill.ts'
import { openStudio } from '../../pictures/studio.ts'
import { isPossiblyEmpty, mayBeEmpty } from './may-be-empty.ts'
import type { PrometheusApi } from './prometheus.ts'

/** Every dashboard is drawn in a real browser with what happened since then, and no panel of it is empty without reason. */
export async function dashboardsAreDrawn(
  prometheus: PrometheusApi,
  startSeconds: number,
  stepSeconds: number,
): Promise<void> {
  const studio = await openStudio()
  if (studio === undefined) return notRun('dashboards in a browser', 'Chromium could not be installed')
  try {
    for (const dashboard of readDashboards()) {
      const panelsWhose = (mayBe: typeof mayBeEmpty) =>
        dashboard.panels
          .filter(({ targets }) => targets.length > 0 && targets.every(mayBe))
          .map(({ title }) => title)
      const possible = panelsWhose(isPossiblyEmpty)
      // A table shows what is asked for now, and on a busy machine nothing may be for a moment.
      await vi.waitFor(
        async () => {
          const range = { startSeconds, endSeconds: Math.floor(Date.now() / 1_000), stepSeconds }
          // Rates over twenty of its scrapes: a busy machine may miss some.
          const filled = await fill(dashboard, prometheus, range, 5 * stepSeconds)
          const { png, empty, blank } = await studio.draw(filled)
          expect([dashboard.slug, empty.filter(title => !possible.includes(title))]).toEqual([
            dashboard.slug,
            panelsWhose(mayBeEmpty),
          ])
          expect([dashboard.slug, blank]).toEqual([dashboard.slug, []])
          expect(png.subarray(1, 4).toString()).toBe('PNG')
        },
        { timeout: 60_000, interval: 1_000 },
      )
    }
  } finally {
    await studio.close()
  }
}
