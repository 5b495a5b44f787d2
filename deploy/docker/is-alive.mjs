// Whether somebody records in TUTTI_DIR, and nobody's event loop has been blocked for a minute. Asks no port, so that
// it is the same with and without TLS, tokens and a sidecar.
import { renderMetrics } from '@tutti/aggregator'

const { env } = process
const longestBlockSeconds = 60
const { body } = await renderMetrics(env.TUTTI_DIR, { accept: 'text/plain' })
const ages = [...body.toString().matchAll(/^tutti_writer_heartbeat_age_seconds\{.*\} (\S+)$/gm)].map(
  ([, age]) => Number(age),
)
const oldest = Math.max(...ages)
if (ages.length === 0 || oldest > longestBlockSeconds) {
  console.error(ages.length === 0 ? 'Nobody records.' : `An event loop has been blocked for ${oldest} s.`)
  process.exit(1)
}
