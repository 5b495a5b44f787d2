import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, startTutti, tutti } from '../process.ts'
import { type Service, startService } from '../service.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
  await service.request('/orders/1', 3)
  await service.request('/fails')
})
afterAll(() => service.stop())

const REQUESTS = ['--name', 'http_server_request_duration_seconds']

test('a running service is found by its name, its directory and its URL, and shows the same', async () => {
  const sources = [
    service.name,
    service.directory,
    service.url,
    service.url.replace(/^http:\/\/|\/metrics$/g, ''),
  ]
  const answers = await Promise.all(sources.map(source => tutti(['show', source, ...REQUESTS])))
  expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual(sources.map(() => [0, '']))
  expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1)
  const [titles, ...rows] = answers[0].stdout.trim().split('\n')
  expect(titles).toMatch(/^NAME +TYPE +VALUE {2}LABELS$/)
  expect(
    rows.map(row => [/histogram +(\d+) {2}mean/.exec(row)?.[1], /http_route="([^"]+)"/.exec(row)?.[1]]),
  ).toEqual([
    ['3', '/orders/:id'],
    ['1', '/fails'],
  ])
})

test('the preload that NODE_OPTIONS brings leaves this command alone', async () => {
  // As npm links it; in this repository it links nothing that is not built yet.
  const bin = join(temporaryDirectory(), 'tutti')
  symlinkSync(fileURLToPath(new URL('../../dist/main.mjs', import.meta.url)), bin)
  const env = { NODE_OPTIONS: '--require @tutti/preload', TUTTI_DIR: service.directory }
  const shown = start([bin, 'show', '--name', 'tutti_writers', '--json'], env)
  expect(await shown.ended()).toBe(0)
  expect(shown.stderr()).toBe('')
  expect(JSON.parse(shown.stdout()).families[0].series).toEqual([{ labels: expect.anything(), value: 3 }])
})

test('labels select series, and TUTTI_DIR is the source that is not named', async () => {
  const env = { TUTTI_DIR: service.directory }
  const failed = await tutti(['show', ...REQUESTS, '-l', 'http_response_status_code=5*', '--json'], env)
  const others = await tutti(['show', ...REQUESTS, '-l', 'http_response_status_code!=5*', '--json'], env)
  const counts = (json: string) =>
    JSON.parse(json).families[0].series.map((each: { count: number }) => each.count)
  expect(counts(failed.stdout)).toEqual([1])
  expect(counts(others.stdout)).toEqual([3])
})

test('what is not there ends with exit code 1, a source that is not there with 2', async () => {
  const [metric, source, port] = await Promise.all([
    tutti(['show', service.directory, '--name', 'no_such_metric']),
    tutti(['show', `${service.name}-no`]),
    tutti(['show', 'http://127.0.0.1:1/metrics']),
  ])
  expect([metric.code, source.code, port.code]).toEqual([1, 2, 2])
  expect(metric.stderr).toContain('has no such metric')
  expect(source.stderr).toContain('is neither a directory, a file, nor a running service.')
  expect(port.stderr).toMatch(/^tutti: http:\/\/127\.0\.0\.1:1\/metrics can't be read: .*ECONNREFUSED/)
})

test('--watch shows it again until Ctrl-C, as a line of JSON each', async () => {
  const watching = startTutti([
    'show',
    service.directory,
    ...REQUESTS,
    '--watch',
    '--interval',
    '0.2',
    '--json',
  ])
  await watching.says('stdout', /\n.*\n/)
  await service.request('/orders/1', 2)
  await watching.says('stdout', /"count":5/)
  expect(await watching.stop('SIGINT')).toBe(0)
  for (const line of watching.stdout().trim().split('\n'))
    expect(JSON.parse(line).source).toBe(service.directory)
})

test('a page in a file or on standard input is shown, without what a terminal would obey', async () => {
  const path = join(temporaryDirectory(), 'page')
  const page = '# TYPE a gauge\na{b="\u001b[2J"} 1\nbroken{\n'
  writeFileSync(path, page)
  const [file, piped] = await Promise.all([tutti(['show', path]), tutti(['show', '-'], {}, page)])
  expect(file.stdout).toBe('NAME  TYPE   VALUE  LABELS\na     gauge      1  b="\\u001b[2J"\n')
  expect(piped.stdout).toBe(file.stdout)
  expect(piped.stderr).toBe(
    "tutti: line 3 of standard input is left out: its labels can't be read from character 8 on.\n",
  )
})
