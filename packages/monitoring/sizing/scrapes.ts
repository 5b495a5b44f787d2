import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '@tutti/test-servers'
import { say } from './page.ts'

/** What a scrape costs whoever serves it: the sidecar as it is shipped, asked as Prometheus asks. */
export async function describeScrapes(directory: string): Promise<void> {
  const port = await freePort()
  const env = { ...process.env, TUTTI_DIR: directory, OTEL_EXPORTER_PROMETHEUS_PORT: `${port}` }
  const tutti = join(import.meta.dirname, '../../cli/dist/main.mjs')
  const exposer = spawn(process.execPath, [tutti, 'serve'], { env, stdio: ['ignore', 'inherit', 'pipe'] })
  let said = ''
  while (!said.includes(' on http')) said += (await once(exposer.stderr, 'data'))[0]
  const scrape = async () => {
    const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' }
    await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).arrayBuffer()
  }
  for (let count = 0; count < 20; count++) await scrape()
  const before = cpuMs(exposer.pid!)
  for (let count = 0; count < 100; count++) {
    await scrape()
    await pause(20)
  }
  say('processor time of a scrape, ms', (cpuMs(exposer.pid!) - before) / 100)
  exposer.kill('SIGTERM')
}

/** User and system time; Linux counts it in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
