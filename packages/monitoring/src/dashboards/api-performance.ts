import { recorded } from '../names/recorded.ts'
import { quantile, rate, select, share } from '../promql.ts'
import { failed5xx } from '../rules/recordings.ts'
import { type Dashboard, query } from './panel.ts'
import { chosen } from './scope.ts'

const { httpServerDuration: http, httpServerActive, httpServerRequestBody, httpServerResponseBody } = recorded
const endpoint = 'http_request_method, http_route'
const endpointLegend = '{{http_request_method}} {{http_route}}'
const route = 'http_route=~"$route"'

export function apiPerformance(): Dashboard {
  return {
    slug: 'api-performance',
    title: 'API performance',
    description: 'How much is asked, how much of it fails, and how long it takes, by endpoint.',
    rows: [
      {
        title: 'Requests',
        panels: [
          {
            ...{ title: 'Requests', kind: 'stat', unit: 'reqps', width: 6 },
            description: 'Requests a second over all endpoints that are chosen.',
            queries: [
              query(`sum(rate(${select(http, chosen, route, 'count')}[${chosen.range}]))`, 'requests'),
            ],
          },
          {
            ...{ title: '5xx ratio', kind: 'stat', unit: 'percentunit', width: 6, alarming: [0.01, 0.05] },
            description: 'Share of requests that are answered with 5xx.',
            queries: [query(share(http, chosen, 'job', failed5xx, route), '{{job}}')],
          },
          {
            ...{ title: 'p95', kind: 'stat', unit: 's', width: 6, alarming: [0.5, 1] },
            description: 'Nineteen of twenty requests take no longer.',
            queries: [query(quantile(0.95, http, chosen, '', route), 'p95')],
          },
          {
            ...{ title: 'Under way', kind: 'stat', unit: 'short', width: 6 },
            description: 'Requests that have begun and not ended.',
            queries: [query(`sum(${select(httpServerActive, chosen)})`, 'under way')],
          },
          {
            ...{ title: 'Requests per endpoint', kind: 'lines', unit: 'reqps' },
            description: 'Requests a second, by method and route. Without a route: nothing matched.',
            queries: [query(rate(http, chosen, endpoint, route), endpointLegend)],
          },
          {
            ...{ title: 'Status codes', kind: 'lines', unit: 'reqps', stacked: true },
            description: 'Answers a second by status; without one, the client went away.',
            queries: [
              query(rate(http, chosen, 'http_response_status_code', route), '{{http_response_status_code}}'),
            ],
          },
          {
            ...{
              title: '5xx ratio per endpoint',
              kind: 'lines',
              unit: 'percentunit',
              alarming: [0.01, 0.05],
            },
            description: 'Share of each endpoint’s requests that are answered with 5xx.',
            queries: [query(share(http, chosen, endpoint, failed5xx, route), endpointLegend)],
          },
          {
            ...{ title: 'Errors by type', kind: 'lines', unit: 'reqps' },
            description:
              'Requests a second that ended with an error: a status from 500 on, or how a connection broke.',
            queries: [query(rate(http, chosen, 'error_type', `${route}, error_type!=""`), '{{error_type}}')],
          },
        ],
      },
      {
        title: 'Latency',
        panels: [
          {
            ...{ title: 'Latency', kind: 'lines', unit: 's' },
            description: 'Over all endpoints that are chosen.',
            queries: [0.5, 0.9, 0.95, 0.99].map(q =>
              query(quantile(q, http, chosen, '', route), `p${q * 100}`),
            ),
          },
          {
            ...{ title: 'Latency heatmap', kind: 'heatmap', unit: 's' },
            description: 'How many requests took how long.',
            queries: [
              query(
                `sum by (le) (increase(${select(http, chosen, route, 'bucket')}[${chosen.range}]))`,
                '{{le}}',
              ),
            ],
          },
          {
            ...{ title: 'p95 per endpoint', kind: 'lines', unit: 's' },
            description: 'Nineteen of twenty requests to an endpoint take no longer.',
            queries: [query(quantile(0.95, http, chosen, endpoint, route), endpointLegend)],
          },
          {
            ...{ title: 'Body sizes', kind: 'lines', unit: 'bytes' },
            description: 'p95 of bytes as sent, of bodies that there are.',
            queries: [
              query(quantile(0.95, httpServerRequestBody, chosen, '', route), 'requests'),
              query(quantile(0.95, httpServerResponseBody, chosen, '', route), 'responses'),
            ],
          },
        ],
      },
      {
        title: 'Top endpoints',
        panels: [
          {
            ...{ title: 'Most requests', kind: 'table', unit: 'reqps' },
            description: 'The ten endpoints that are asked most.',
            queries: [query(`topk(10, ${rate(http, chosen, endpoint, route)})`, endpointLegend)],
          },
          {
            ...{ title: 'Slowest', kind: 'table', unit: 's' },
            description: 'The ten endpoints with the highest p95.',
            // Of what nobody asked for there is no quantile: NaN, which is not larger than zero.
            queries: [
              query(`topk(10, ${quantile(0.95, http, chosen, endpoint, route)} > 0)`, endpointLegend),
            ],
          },
        ],
      },
    ],
  }
}
