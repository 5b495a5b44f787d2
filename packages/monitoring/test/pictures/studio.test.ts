import { notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import type { FilledDashboard, FilledPanel } from '../../pictures/content.ts'
import { openStudio } from '../../pictures/studio.ts'

const range = { startSeconds: 1_000, endSeconds: 1_060, stepSeconds: 10 }
const course = [0, 2, 4, null, 8, 10, 12]

function panel(kind: FilledPanel['kind'], title: string, values: (number | null)[]): FilledPanel {
  return {
    ...{ title, kind, unit: 's', isStacked: false, showsThresholds: false, steps: [] },
    place: { x: 0, y: 0, w: 12, h: 8 },
    lines: values.length === 0 ? [] : [{ name: '0.5', labels: { route: '/a' }, values }],
  }
}

test('says of every kind of panel whether anything is to be seen in it', async () => {
  const studio = await openStudio()
  if (studio === undefined) return notRun('the drawing of panels', 'Chromium could not be installed')
  try {
    const kinds = ['timeseries', 'stat', 'heatmap', 'bargauge', 'table'] as const
    const dashboard = (panels: FilledPanel[]): FilledDashboard => {
      return { slug: 'a', title: 'A', description: 'Of a test.', range, panels }
    }
    const full = await studio.draw(dashboard(kinds.map(kind => panel(kind, kind, course))))
    expect([full.empty, full.blank]).toEqual([[], []])
    expect(full.png.length).toBeGreaterThan(5_000)

    const gone = await studio.draw(dashboard(kinds.map(kind => panel(kind, kind, []))))
    expect(gone.empty).toEqual([...kinds])
    const silent = await studio.draw(
      dashboard([
        panel(
          'timeseries',
          'silent',
          course.map(() => null),
        ),
      ]),
    )
    expect(silent.empty).toEqual(['silent'])

    // Lines that lie on each other at zero: nothing waits in a queue, in any state.
    const zero = course.map(() => 0)
    const still = [1, 2, 3, 4, 5, 6, 7].map(count => {
      const one = panel('timeseries', `${count}`, zero)
      return { ...one, lines: Array.from({ length: count }, () => one.lines[0]!) }
    })
    expect((await studio.draw(dashboard(still))).blank).toEqual([])

    // Numbers that can't be drawn: there is data, and nothing to be seen.
    const broken = course.map(() => Number.NaN)
    const { blank } = await studio.draw(dashboard([panel('timeseries', 'broken', broken)]))
    expect(blank).toEqual(['broken'])
  } finally {
    await studio.close()
  }
  // Chromium may have to be installed first.
}, 300_000)
