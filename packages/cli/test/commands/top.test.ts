import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { MAIN, tutti } from '../process.ts'
import { type Service, startService } from '../service.ts'
import { openTerminal } from '../terminal.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
  await service.request('/orders/1', 2)
})
afterAll(() => service.stop())

test('piped it prints one picture: a row a worker and a route, from a directory and from a page', async () => {
  const asking = setInterval(() => service.request('/fails').catch(() => {}), 50)
  const [directory, url] = await Promise.all(
    [service.name, service.url].map(source => tutti(['top', source, '--interval', '0.5'])),
  )
  clearInterval(asking)
  for (const { code, stdout, stderr } of [directory, url]) {
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^3 writers {3}0 died {3}\d+\.\d req\/s {3}100\.0 % errors/m)
    // The one that is asked comes first.
    expect([...stdout.matchAll(/GET +(\S+)$/gm)].map(([, route]) => route)).toEqual(['/fails', '/orders/:id'])
    expect(stdout).toMatch(/^ +0\.0 +0\.0 % +- +- +- +2 {2}GET {5}\/orders\/:id$/m)
    expect(stdout).not.toContain('\u001b')
  }
  for (const { stdout } of [directory, url]) {
    // The primary answers nobody.
    expect(stdout).toMatch(new RegExp(`^ +0 +${service.app.process.pid} +\\d.* 0\\.0 +0\\.0 .*MiB`, 'm'))
    const rates = [...stdout.matchAll(/^ +[12] +\d+ +\d.* (\d+\.\d) +\d+\.\d .*MiB/gm)].map(([, rate]) =>
      Number(rate),
    )
    expect(rates).toHaveLength(2)
    expect(Math.max(...rates)).toBeGreaterThan(0)
  }
})

test('from a page without the console workers have no requests of their own', async () => {
  const shown = await startService({ TUTTI_CONSOLE: 'off' })
  onTestFinished(() => shown.stop())
  const { code, stdout } = await tutti(['top', shown.url, '--interval', '0.2'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +0 +- +\d.* - +- +\d.*MiB/m)
})

test('from a page that something else answers beside, workers have no requests, and it is asked once', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    response.end(
      request.url === '/metrics' ? 'tutti_writer_heartbeat_age_seconds{worker="0"} 0.5\n' : '<html>',
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const { code, stdout } = await tutti(['top', `http://127.0.0.1:${port}`, '--interval', '0.2'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +0 +- +- +- +- +/m)
  expect(asked).toEqual(['/metrics', '/-/workers', '/metrics'])
})

test('live in a terminal: rows, a blocked worker, sorting, resizing, and the terminal is given back', async context => {
  const terminal = await openTerminal(context, { columns: 110, rows: 30 })
  if (terminal === undefined) return
  await terminal.type(`node ${MAIN} top ${service.directory} --interval 0.3; echo "ended with $?"`)
  await terminal.shows(/q quit {3}s sort: rate/)
  expect(await terminal.state()).toEqual({ cursor: '0', alternate: '1' })
  expect(await terminal.shows(/GET +\/orders\/:id/)).toMatch(/WORKER +PID +UPTIME +REQ\/S/)

  await terminal.press('s')
  await terminal.shows(/s sort: errors/)
  service.blockWorker()
  await terminal.shows(/\d s {2}blocked$/m)

  await terminal.resize(60, 14)
  const small = await terminal.shows(/^[\s\S]{0,800}q quit {3}s sort: errors {3}p pause\n*$/)
  const lines = small.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(14)
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(60)

  await terminal.press('q')
  await terminal.shows(/ended with 0/)
  expect(await terminal.state()).toEqual({ cursor: '1', alternate: '0' })
  await terminal.type('stty -a')
  expect(await terminal.shows(/ icanon .* echo /)).toContain('isig')
})

test('live in a terminal: a worker that is killed goes from the list, is counted as dead, and its requests stay', async context => {
  const terminal = await openTerminal(context, { columns: 110, rows: 30 })
  if (terminal === undefined) return
  const doomed = await startService()
  onTestFinished(() => doomed.stop())
  await doomed.request('/orders/1', 6)
  await terminal.type(`node ${MAIN} top ${doomed.directory} --interval 0.3`)
  const before = await terminal.shows(/^3 writers {3}0 died.* 6 requests/m)
  expect(before.match(/^ +\d +\d+ +.*MiB/gm)).toHaveLength(3)
  doomed.killWorker()
  const after = await terminal.shows(/^2 writers {3}1 died.* 6 requests/m)
  expect(after.match(/^ +\d +\d+ +.*MiB/gm)).toHaveLength(2)
  await terminal.press('q')
})

test('Ctrl-C, SIGTERM and Ctrl-Z give the terminal back, too, and fg takes it again', async context => {
  const terminal = await openTerminal(context, { columns: 100, rows: 20 })
  if (terminal === undefined) return
  await terminal.type(`node ${MAIN} top ${service.directory}`)
  await terminal.shows(/q quit/)
  await terminal.press('C-z')
  await terminal.shows(/Stopped/)
  expect(await terminal.state()).toEqual({ cursor: '1', alternate: '0' })
  await terminal.type('fg')
  await terminal.shows(/q quit/)
  await terminal.press('C-c')
  await expect.poll(() => terminal.state()).toEqual({ cursor: '1', alternate: '0' })
  await terminal.type('echo "first $?"')
  await terminal.shows(/first 0/)
  await terminal.type(`node ${MAIN} top ${service.directory}; echo "second $?"`)
  await terminal.shows(/q quit/)
  await terminal.signal('SIGTERM')
  await terminal.shows(/second 0/)
  expect(await terminal.state()).toEqual({ cursor: '1', alternate: '0' })
})

test('a page that does not change has no rates', async () => {
  const { code, stderr } = await tutti(['top', '-'])
  expect(code).toBe(2)
  expect(stderr).toMatch(/^tutti: a page that does not change has no rates\./)
})
