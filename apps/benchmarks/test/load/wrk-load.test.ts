import { expect, test } from 'vitest'
import { readWrk } from '../../src/load/wrk-load.ts'

const said = (more = ''): string => `Running 2s test @ http://127.0.0.1:3000/hello
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   530.97us  146.17us   7.51ms   97.64%
  121068 requests in 2.10s, 17.66MB read
${more}Requests/sec:  57650.36
Transfer/sec:      8.41MB
`

test("reads what was answered and the time that it took, off wrk's own text", () => {
  expect(readWrk(said())).toEqual({ requests: 121_068, seconds: 2.1 })
})

test.each(['  Non-2xx or 3xx responses: 12\n', '  Socket errors: connect 0, read 3, write 0, timeout 0\n'])(
  'answers that are no answers end the benchmark: %s',
  line => {
    expect(() => readWrk(said(line))).toThrow(line.trim())
  },
)
