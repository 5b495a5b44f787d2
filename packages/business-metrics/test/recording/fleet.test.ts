import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPage } from '../page.ts'

const file = fileURLToPath(new URL('../apps/worker.mjs', import.meta.url))

test('shapes of several processes merge into what they mean, and a killed process takes only what was its own', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-fleet-'))
  const workers = []
  try {
    for (const number of [0, 1, 2]) {
      const worker = fork(file, [String(number)], {
        env: { ...process.env, TUTTI_DIR: directory },
        execArgv: [],
      })
      workers.push(worker)
      await once(worker, 'message')
    }
    const page = async () =>
      (await readPage(directory)).filter(line => /^fleet_(?!run_(duration|errors))/.test(line)).sort()
    expect(await page()).toEqual([
      'fleet_breaker{state="closed"} 2',
      'fleet_breaker{state="open"} 1',
      'fleet_feeds 7',
      'fleet_gate_events_total{outcome="failure"} 6',
      'fleet_gate_events_total{outcome="success"} 6',
      'fleet_gate_success_rate{worker="0"} 0.25',
      'fleet_gate_success_rate{worker="1"} 0.5',
      'fleet_gate_success_rate{worker="2"} 0.75',
      'fleet_pool_size 15',
      'fleet_run_in_flight 3',
      'fleet_run_total{outcome="failure"} 0',
      'fleet_run_total{outcome="success"} 30',
    ])
    const exit = once(workers[1], 'exit')
    workers[1].kill('SIGKILL')
    await exit
    const after = await page()
    expect(after).toContain('fleet_breaker{state="open"} 0')
    expect(after).toContain('fleet_pool_size 10')
    expect(after).toContain('fleet_run_in_flight 2')
    expect(after).toContain('fleet_run_total{outcome="success"} 30')
    expect(after).toContain('fleet_gate_events_total{outcome="success"} 6')
    expect(after).toContain('fleet_feeds 7')
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
  }
})
