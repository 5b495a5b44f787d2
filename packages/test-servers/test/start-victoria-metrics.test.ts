import { notRun, startVictoriaMetrics } from '@tutti/test-servers'
import { expect, onTestFinished, test } from 'vitest'

test('a real VictoriaMetrics takes samples and answers queries', async context => {
  const server = await startVictoriaMetrics()
  if (server === undefined) {
    notRun('VictoriaMetrics', "Debian's newer suites can't be read here")
    return context.skip()
  }
  onTestFinished(() => server.stop())
  const imported = await fetch(`${server.url}/api/v1/import/prometheus`, {
    method: 'POST',
    body: 'tests_total{a="b"} 7\n',
  })
  expect(imported.status).toBe(204)
  const query = async () => {
    const response = await fetch(`${server.url}/api/v1/query?query=tests_total`)
    const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } }
    return data.result.map(({ value }) => value[1])
  }
  await expect.poll(query, { timeout: 15_000 }).toEqual(['7'])
})
