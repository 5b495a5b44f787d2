import { foreign } from '../names/foreign.ts'
import type { Metric } from '../names/metric.ts'
import { own } from '../names/own.ts'
import { select } from '../promql.ts'
import { type Dashboard, type Panel, query } from './panel.ts'
import { chosen } from './scope.ts'

export function workers(): Dashboard {
  return {
    slug: 'workers',
    title: 'Workers',
    description: 'Who lives, who died, who is blocked, and what the metrics themselves cost.',
    rows: [
      {
        title: 'Now',
        panels: [
          sumOf('Alive', own.writers, 'Threads that record metrics.'),
          {
            ...{ title: 'Blocked', kind: 'stat', unit: 'short', width: 6, alarming: [1, 2] },
            description: 'Threads that have not been heard of for ten seconds.',
            queries: [query(`sum(${select(own.heartbeatAge, chosen)} > bool 10)`, 'blocked')],
          },
          sumOf(
            'Damaged segments',
            own.damaged,
            'Segments that can not be read, or not all of them.',
            [1, 1],
          ),
          sumOf(
            'Private series',
            own.privateSeries,
            'Series on no page, because a segment could not grow.',
            [1, 1],
          ),
        ],
      },
      {
        title: 'Lives',
        panels: [
          changes('Starts', own.starts, 'Threads that began to record metrics.'),
          changes(
            'Crashes',
            own.deaths,
            'Threads that ended without saying so: killed, crashed, out of memory.',
            [1, 3],
          ),
          changes('Clean exits', own.cleanExits, 'Threads that ended in order.'),
        ],
      },
      {
        title: 'Blocked loops and segments',
        panels: [
          {
            ...{ title: 'Heartbeat age', kind: 'lines', unit: 's', width: 8, alarming: [5, 10] },
            description:
              'Since a thread last found time for an observation: grows while its event loop is blocked.',
            queries: [
              query(
                `max by (instance, worker) (${select(own.heartbeatAge, chosen)})`,
                '{{instance}} {{worker}}',
              ),
            ],
          },
          {
            ...{ title: 'Segments', kind: 'lines', unit: 'short', width: 8 },
            description: 'Files in the directory of metrics.',
            queries: [query(`sum by (instance) (${select(own.segments, chosen)})`, '{{instance}}')],
          },
          changes('Folded segments', own.folded, 'Dead threads whose totals went into the ledger.'),
        ],
      },
      {
        title: 'Cost of a scrape',
        panels: [
          {
            ...{ title: 'Time of a pass', kind: 'lines', unit: 's' },
            description: 'To read, merge and write; off the app’s event loops.',
            queries: [query(`max by (instance) (${select(own.scrapeDuration, chosen)})`, '{{instance}}')],
          },
          {
            ...{ title: 'Time that Prometheus waits', kind: 'lines', unit: 's' },
            description: 'From request to the end of the page.',
            queries: [query(`max by (instance) (${select(foreign.scrapeDuration, chosen)})`, '{{instance}}')],
          },
          {
            ...{ title: 'Size of the page', kind: 'lines', unit: 'bytes' },
            description: 'In each format, before compression.',
            queries: [
              query(
                `max by (instance, format) (${select(own.pageBytes, chosen)})`,
                '{{instance}} {{format}}',
              ),
            ],
          },
          {
            ...{ title: 'Series and samples', kind: 'lines', unit: 'short' },
            description: 'Series of all threads together, and samples that Prometheus got.',
            queries: [
              query(`sum by (instance) (${select(own.series, chosen)})`, 'series {{instance}}'),
              query(`sum by (instance) (${select(foreign.scrapeSamples, chosen)})`, 'samples {{instance}}'),
            ],
          },
          {
            ...{ title: 'Passes', kind: 'lines', unit: 'ops' },
            description: 'Pages made a second; overlapping scrapes share one.',
            queries: [
              query(
                `sum by (instance) (rate(${select(own.scrapes, chosen)}[${chosen.range}]))`,
                '{{instance}}',
              ),
            ],
          },
          {
            ...{ title: 'Overflow', kind: 'lines', unit: 'ops' },
            description:
              'Measurements a second that were counted together because a limit of series was reached.',
            queries: [
              query(
                `sum by (instrument) (rate(${select(own.overflow, chosen)}[${chosen.range}]))`,
                '{{instrument}}',
              ),
            ],
          },
        ],
      },
    ],
  }
}

function sumOf(title: string, metric: Metric, description: string, alarming?: [number, number]): Panel {
  return {
    ...{ title, description, kind: 'stat', unit: 'short', width: 6, ...(alarming && { alarming }) },
    queries: [query(`sum(${select(metric, chosen)})`, title.toLowerCase())],
  }
}

function changes(title: string, metric: Metric, description: string, alarming?: [number, number]): Panel {
  return {
    ...{ title, description, kind: 'lines', unit: 'short', width: 8, ...(alarming && { alarming }) },
    queries: [
      query(`sum by (instance) (increase(${select(metric, chosen)}[${chosen.range}]))`, '{{instance}}'),
    ],
  }
}
