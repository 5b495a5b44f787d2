import { notRun, startNodeExporter } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { alive } from './alive.ts'

test('a node_exporter says how much memory this machine has, and is gone when it is stopped', async () => {
  const server = await startNodeExporter()
  if (server === undefined) return notRun('node_exporter', 'it could not be installed')
  expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(/^node_memory_MemTotal_bytes \d/m)
  await server.stop()
  expect(alive(server.pid)).toBe(false)
})
