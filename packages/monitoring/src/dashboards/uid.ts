import { createHash } from 'node:crypto'

const limit = 40
const hashLength = 8

/**
 * The uid of a job's dashboard. Grafana takes letters, digits, `-` and `_`, and 40 of them at the most; it does not load
 * a dashboard with any other. A job that does not fit is cut, and told from those that begin like it by a hash.
 */
export function uidOf(job: string, slug: string): string {
  const plain = `${job}-${slug}`
  if (plain.length <= limit && !job.includes('.')) return plain
  const hash = createHash('sha256').update(job).digest('hex').slice(0, hashLength)
  const room = limit - slug.length - hashLength - 2
  return `${job.replaceAll('.', '-').slice(0, room)}-${hash}-${slug}`
}
