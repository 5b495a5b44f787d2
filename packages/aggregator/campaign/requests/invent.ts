import type { Random } from '../random.ts'

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'OPTIONS',
  'PUT',
  'get',
  'G ET',
  'CONNECT',
  'TRACE',
  'PRI',
  '',
  'GET\0',
]
const TARGETS = [
  ...['/metrics', '/', '/-/healthy', '/-/ready', '/metrics/', '//metrics', '/metrics?x=1', '/metrics#x', '*'],
  ...[
    'http://a/metrics',
    'http://[::1',
    '/%2e%2e/etc/passwd',
    '/metrics%00',
    '/é',
    '/../../proc/self/environ',
  ],
]
const VERSIONS = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/1.2', 'http/1.1', 'HTTP/11', '']
const HEADERS = [
  ...['Host: a', 'Host:', 'Host: a\r\nHost: b', 'Accept: text/plain', 'Accept: */*;q=0', 'Connection: close'],
  'Accept: application/openmetrics-text; version=1.0.0; escaping=allow-utf-8; charset=utf-8',
  'Accept: application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
  ...[
    'Accept-Encoding: gzip',
    'Accept-Encoding: gzip;q=0, identity;q=0',
    'Accept-Encoding: br, *',
    'Range: bytes=0-1',
  ],
  ...[
    'If-None-Match: *',
    'Expect: 100-continue',
    'Upgrade: websocket\r\nConnection: Upgrade',
    'Content-Length: 5',
  ],
  ...[
    'Content-Length: 5\r\nContent-Length: 6',
    'Content-Length: -1',
    'Transfer-Encoding: chunked',
    ' folded: x',
  ],
  ...[
    'Transfer-Encoding: chunked\r\nContent-Length: 3',
    'Transfer-Encoding : chunked',
    'Authorization: Basic !!!',
  ],
  ...[
    'Authorization: Bearer',
    'X: \x01\x02',
    'no colon',
    ': no name',
    'Cookie: a=b',
    'X-Forwarded-For: 1.2.3.4',
  ],
]
const BODIES = [
  '',
  '',
  '',
  '5\r\nhello\r\n0\r\n\r\n',
  'hello',
  '0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n',
  'ffffffffffff\r\n',
]

/** One or several requests after one another, most of them nearly right, as bytes. */
export function inventRequest(random: Random): Buffer {
  const requests = Array.from({ length: random.chance(0.8) ? 1 : 1 + random.below(5) }, () =>
    inventOne(random),
  )
  const bytes = Buffer.concat(requests)
  return random.chance(0.4) ? damage(bytes, random) : bytes
}

function inventOne(random: Random): Buffer {
  const usual = <T>(choices: readonly T[]): T => (random.chance(0.9) ? choices[0] : random.pick(choices))
  const headers = Array.from({ length: random.below(4) }, () => random.pick(HEADERS))
  if (random.chance(0.7)) headers.unshift('Host: a')
  if (random.chance(0.02)) headers.push(`X-Long: ${'x'.repeat(random.below(40_000))}`)
  const target = random.chance(0.02) ? `/${'m'.repeat(random.below(5_000))}` : usual(TARGETS)
  const lines = [`${usual(METHODS)} ${target} ${usual(VERSIONS)}`, ...headers, '', usual(BODIES)]
  return Buffer.from(lines.join(random.chance(0.95) ? '\r\n' : '\n'), random.chance(0.5) ? 'utf8' : 'latin1')
}

/** Bytes changed, left out, repeated, or cut off. */
function damage(bytes: Buffer, random: Random): Buffer {
  let damaged = Buffer.from(bytes)
  for (let times = 1 + random.below(4); times > 0 && damaged.length > 0; times--) {
    const at = random.below(damaged.length)
    const length = random.below(8)
    const [before, middle, after] = [
      damaged.subarray(0, at),
      damaged.subarray(at, at + length),
      damaged.subarray(at + length),
    ]
    const any = Buffer.from(Array.from({ length }, () => random.below(256)))
    damaged = random.pick([
      () => Buffer.concat([before, any, after]),
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, middle, middle, after]),
      () => Buffer.from(before),
    ])()
  }
  return damaged
}
