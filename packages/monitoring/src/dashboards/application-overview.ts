import { foreign } from '../names/foreign.ts'
import { own } from '../names/own.ts'
import { recorded } from '../names/recorded.ts'
import { select } from '../promql.ts'
import { badRatio, budgetRemaining } from '../rules/burn-rate.ts'
import { records } from '../rules/recordings.ts'
import { type Dashboard, query } from './panel.ts'
import { chosen, ofJob } from './scope.ts'

export function applicationOverview(): Dashboard {
  return {
    slug: 'application-overview',
    title: 'Application overview',
    description: 'Is it up, is it well, does it keep its promises.',
    rows: [
      {
        title: 'Health',
        panels: [
          {
            ...{
              title: 'Instances up',
              kind: 'stat',
              unit: 'percentunit',
              width: 6,
              alarmingBelow: [1, 0.5],
            },
            description: 'Share of instances whose metrics page answers.',
            queries: [query(`avg(${select(foreign.up, chosen)})`, 'up')],
          },
          {
            ...{ title: 'Alerts', kind: 'stat', unit: 'short', width: 6, alarming: [1, 5] },
            description: 'Alerts of this service that fire.',
            queries: [
              query(
                `count(${foreign.alerts.family}{service=~"$job", alertstate="firing"}) or vector(0)`,
                'firing',
              ),
            ],
          },
          {
            ...{ title: 'Workers', kind: 'stat', unit: 'short', width: 6 },
            description: 'Threads that record metrics and are alive.',
            queries: [query(`sum(${select(own.writers, chosen)})`, 'workers')],
          },
          {
            ...{ title: 'Youngest process', kind: 'stat', unit: 's', width: 6 },
            description: 'For how long the process that started last has run.',
            queries: [query(`min(${select(recorded.uptime, chosen)})`, 'uptime')],
          },
        ],
      },
      {
        title: 'Rate, errors, duration',
        panels: [
          {
            ...{ title: 'Rate', kind: 'lines', unit: 'reqps', width: 8 },
            description: 'Requests a second, over five minutes.',
            queries: [query(`${records.requests}${ofJob}`, '{{job}}')],
          },
          {
            ...{ title: 'Errors', kind: 'lines', unit: 'percentunit', width: 8, alarming: [0.01, 0.05] },
            description: 'Share of requests that are answered with 5xx, over five minutes.',
            queries: [query(`${records.errorRatio}${ofJob}`, '{{job}}')],
          },
          {
            ...{ title: 'Duration', kind: 'lines', unit: 's', width: 8 },
            description: 'Latency over five minutes.',
            queries: [
              query(`${records.p50}${ofJob}`, 'p50 {{job}}'),
              query(`${records.p95}${ofJob}`, 'p95 {{job}}'),
              query(`${records.p99}${ofJob}`, 'p99 {{job}}'),
            ],
          },
          {
            ...{ title: 'Busiest endpoints', kind: 'lines', unit: 'reqps' },
            description: 'The five endpoints that are asked most.',
            queries: [
              query(`topk(5, ${records.routeRequests}${ofJob})`, '{{http_request_method}} {{http_route}}'),
            ],
          },
          {
            ...{ title: 'Slowest endpoints', kind: 'lines', unit: 's' },
            description: 'The five endpoints with the highest p95.',
            queries: [
              query(`topk(5, ${records.routeP95}${ofJob})`, '{{http_request_method}} {{http_route}}'),
            ],
          },
        ],
      },
      {
        title: 'Objectives',
        panels: [
          {
            ...{ title: 'Error budget', kind: 'bars', unit: 'percentunit', alarmingBelow: [0.25, 0] },
            description: 'What is left of each objective’s budget; below zero the promise is broken.',
            queries: [query(`${budgetRemaining}${ofJob}`, '{{slo}}')],
          },
          {
            ...{ title: 'Bad events', kind: 'lines', unit: 'percentunit' },
            description: 'Share of each objective’s events that were bad, over an hour.',
            queries: [query(`${badRatio(3_600)}${ofJob}`, '{{slo}}')],
          },
        ],
      },
      {
        title: 'Resources',
        panels: [
          {
            ...{ title: 'CPU', kind: 'lines', unit: 'short' },
            description: 'CPUs in use by all processes.',
            queries: [query(`${records.cpu}${ofJob}`, '{{job}}')],
          },
          {
            ...{ title: 'Memory', kind: 'lines', unit: 'bytes' },
            description: 'Resident memory of all processes; pages that they share count in each.',
            queries: [
              query(`sum by (job, instance) (${select(recorded.memoryUsage, chosen)})`, '{{instance}}'),
            ],
          },
        ],
      },
    ],
  }
}
