import { expect, test } from 'vitest'
import { countRequests } from '../../src/throughput/page.ts'

test('adds up the requests of all series, of the server only', () => {
  const page = `# TYPE http_server_request_duration_seconds histogram
http_server_request_duration_seconds_bucket{http_route="/a",le="+Inf"} 5
http_server_request_duration_seconds_count{http_route="/a"} 5
http_server_request_duration_seconds_count{http_route="/b"} 2
http_server_response_body_size_bytes_count{http_route="/b"} 2
http_client_request_duration_seconds_count{} 40
`
  expect(countRequests(page)).toBe(7)
})
