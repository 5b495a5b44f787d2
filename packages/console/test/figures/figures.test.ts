import { expect, test } from 'vitest'
import { Figures, type Tracks } from '../../src/figures/figures.ts'
import { parsePage } from '../../src/page/parse-page.ts'

/** Looks at one page a second; what the last one says. */
function lookAt(...pages: string[]): { figures: Figures; tracks: Tracks } {
  const figures = new Figures()
  let tracks: Tracks = new Map()
  pages.forEach((text, second) => {
    tracks = figures.look({ timeMs: second * 1_000, page: parsePage(text), writers: new Map() })
  })
  return { figures, tracks }
}

const requests = (ok: number, failed: number) => `# TYPE http_server_request_duration_seconds histogram
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="200",le="0.1"} ${ok}
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="200",le="1"} ${ok}
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="200",le="+Inf"} ${ok}
http_server_request_duration_seconds_count{http_request_method="GET",http_route="/a",http_response_status_code="200"} ${ok}
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="500",le="0.1"} 0
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="500",le="1"} ${failed}
http_server_request_duration_seconds_bucket{http_request_method="GET",http_route="/a",http_response_status_code="500",le="+Inf"} ${failed}
http_server_request_duration_seconds_count{http_request_method="GET",http_route="/a",http_response_status_code="500"} ${failed}
`

test('requests by route: rates of the last seconds, buckets of the last look', () => {
  const { figures, tracks } = lookAt(requests(100, 0), requests(110, 2), requests(116, 4))
  expect(figures.routes.rows).toMatchObject([
    { key: 'GET /a', method: 'GET', route: '/a', total: 120, rate: 10, errors: 0.2 },
  ])
  const of = (name: string) => tracks.get(`route/${name}`)
  expect([of('rate/GET /a'), of('errors/GET /a'), of('rate/*')]).toEqual([10, 2, 10])
  expect([of('bucket/GET /a/0.1'), of('bucket/GET /a/1'), of('bucket/GET /a/Infinity')]).toEqual([6, 2, 0])
  expect(of('p50/GET /a')).toBeCloseTo(0.0625)
  expect(figures.routes.boundaries).toEqual([0.1, 1, Number.POSITIVE_INFINITY])
})

test('the first look has totals and no rates, and a run that begins anew is no fall', () => {
  const first = lookAt(requests(100, 0))
  expect(first.figures.routes.rows).toMatchObject([{ total: 100, rate: 0 }])
  expect([...first.tracks.keys()].filter(name => name.startsWith('route/'))).toEqual([])
  expect(lookAt(requests(100, 0), requests(7, 0)).tracks.get('route/rate/GET /a')).toBe(7)
})

test('rates are of five seconds, so that one look more or less changes little', () => {
  const pages = [0, 0, 0, 0, 0, 0, 0, 10].map(count => requests(count, 0))
  expect(lookAt(...pages).tracks.get('route/rate/GET /a')).toBe(2)
})

const page = `# TYPE nodejs_eventloop_utilization_ratio gauge
nodejs_eventloop_utilization_ratio{worker="1"} 0.25
# TYPE cache_requests_total counter
cache_requests_total{cache_result="hit",cache_key_pattern="user:*"} HITS
cache_requests_total{cache_result="miss",cache_key_pattern="user:*"} 5
cache_requests_total{cache_result="failure",cache_key_pattern="user:*"} HITS
# HELP tickets_total Tickets.
# TYPE tickets_total counter
tickets_total{hall="a",otel_scope_name="shop"} HITS
tickets_total{hall="b",otel_scope_name="shop"} 1
`
const pageOf = (hits: number) => page.replaceAll('HITS', String(hits))

test('panels show what the conventions name: values, rates and shares', () => {
  const { tracks } = lookAt(pageOf(10), pageOf(13))
  expect(tracks.get('panel/loop-use/worker 1')).toBe(0.25)
  expect(tracks.get('panel/cache-rate/hit')).toBe(3)
  expect(tracks.get('panel/cache-rate/miss')).toBe(0)
  // A cache that does not answer is no cache that lacks something.
  expect(tracks.get('panel/cache-hits/user:*')).toBe(1)
})

test('every series is there, with help, cardinality and what comes a second', () => {
  const { figures, tracks } = lookAt(pageOf(10), pageOf(13))
  expect(figures.families.all.find(({ name }) => name === 'tickets_total')).toMatchObject({
    ...{ help: 'Tickets.', type: 'counter', cardinality: 2, shownAs: 'rate' },
    series: [
      { labels: 'hall="a"', value: 13 },
      { labels: 'hall="b"', value: 1 },
    ],
  })
  expect(tracks.get('family/tickets_total')).toBe(3)
  expect(tracks.get('series/tickets_total{hall="a"}')).toBe(3)
  expect(tracks.get('family/nodejs_eventloop_utilization_ratio')).toBe(0.25)
})

test('whichever strategy names the page, its metrics are found', () => {
  const dotted =
    '# TYPE "nodejs.eventloop.utilization" gauge\n{"nodejs.eventloop.utilization","worker"="1"} 0.5\n'
  expect(lookAt(dotted).tracks.get('panel/loop-use/worker 1')).toBe(0.5)
  const plain = '# TYPE cache_requests counter\ncache_requests{cache_result="hit"} 4\n'
  expect(lookAt(plain, plain).tracks.get('panel/cache-rate/hit')).toBe(0)
})
