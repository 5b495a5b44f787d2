import { expect, test } from 'vitest'
import { cpuSeconds } from '../../src/throughput/cpu-time.ts'

test('the CPU time of a process is that of all its threads', () => {
  const before = cpuSeconds([process.pid])
  const start = process.cpuUsage()
  while (process.cpuUsage(start).user < 50_000);
  const used = process.cpuUsage(start)
  expect(cpuSeconds([process.pid]) - before).toBeGreaterThanOrEqual(0.045)
  expect(cpuSeconds([process.pid]) - before).toBeLessThan((used.user + used.system) / 1e6 + 0.2)
})
