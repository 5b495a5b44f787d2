import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rehearse } from '../src/rehearse.ts'
import { deployFolder } from './deploy-folder.ts'

test.each([
  ['for: 5m', 'for: 10s'],
  ['for: 15s', 'for: 500ms'],
  ['scrape_interval: 15s', 'scrape_interval: 1s'],
  ['scrape_timeout: 10s', 'scrape_timeout: 1s'],
  ['group_wait: 30s', 'group_wait: 1s'],
  ['repeat_interval: 4h', 'repeat_interval: 8m'],
  ['rate(a_total[5m]) > 300', 'rate(a_total[10s]) > 300'],
  ['increase(a_total[30d])', 'increase(a_total[1d])'],
  ['record: job:a:rate5m', 'record: job:a:rate5m'],
  ['targets: [prometheus:9090]', 'targets: [prometheus:9090]'],
  ['window: 1h', 'window: 1h'],
  ['summary: wait for: nothing', 'summary: wait for: nothing'],
])('thirty times as fast, "%s" is "%s"', (usual, rehearsed) => {
  expect(rehearse(usual, 30)).toBe(rehearsed)
})

test('of what is shipped nothing but times is changed', () => {
  for (const path of [
    'rules/control-plane.alerts.yml',
    'rules/control-plane.recording.yml',
    'prometheus.yml',
  ]) {
    const shipped = readFileSync(join(deployFolder, 'prometheus', path), 'utf8')
    expect(rehearse(shipped, 1)).toBe(shipped)
    const withoutTimes = (text: string) => text.replaceAll(/\b\d+(?:ms|s|m|h|d)\b/g, 'time')
    const fast = rehearse(shipped, 30)
    expect(fast).not.toBe(shipped)
    expect(withoutTimes(fast)).toBe(withoutTimes(shipped))
  }
})

test('refuses to be slower than it is', () => {
  const message = 'speed is 0; it divides times and must be 1 or more.'
  expect(() => rehearse('for: 5m', 0)).toThrow(new RangeError(message))
})
