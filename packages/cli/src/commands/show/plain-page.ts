import type { Page } from '@tutti/console'
import { seriesOf } from '@tutti/console'

/** A page as JSON has it. Of a histogram the buckets are cumulative, as on the page. */
export function plainPage(source: string, { families, problems }: Page): object {
  return {
    source,
    time: new Date().toISOString(),
    families: families.map(family => ({
      name: family.name,
      type: family.type,
      help: family.help,
      unit: family.unit,
      series: seriesOf(family).map(({ labels, value, histogram }) => ({
        labels: Object.fromEntries(labels),
        ...(histogram === undefined ? { value } : histogram),
      })),
    })),
    problems,
  }
}
