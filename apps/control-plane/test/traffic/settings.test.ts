import { expect, test } from 'vitest'
import { scenarios } from '../../src/traffic/scenarios.ts'
import { readTrafficSettings } from '../../src/traffic/settings.ts'

test('the traffic is steady and gentle, against this machine’s API, unless told otherwise', () => {
  expect(readTrafficSettings({ CONTROL_PLANE_BOOTSTRAP_TOKEN: 'admin' })).toEqual({
    url: 'http://127.0.0.1:3000',
    token: 'admin',
    outsideUrl: undefined,
    scenario: scenarios.steady,
    requestsPerSecond: 10,
    requestLimit: Number.POSITIVE_INFINITY,
  })
})

test.each(['0', '-1', 'many', 'Infinity'])('a rate of %s is refused, for it would be a flood', rate => {
  expect(() => readTrafficSettings({ CONTROL_PLANE_TRAFFIC_RATE: rate })).toThrow(
    `CONTROL_PLANE_TRAFFIC_RATE is "${rate}"; it must be a number above 0.`,
  )
})
