import { stringify } from 'csv-stringify/sync'
import type { Deployment } from '../deployments/deployment.ts'
import type { Format } from './transfer.ts'

const columns = ['id', 'service', 'version', 'rings', 'ring', 'status', 'createdAt', 'finishedAt']

/** One page of an export. What was exported can be imported again. */
export function writePart(deployments: readonly Deployment[], format: Format): string {
  if (format === 'json') return JSON.stringify(deployments).slice(1, -1)
  const rows = deployments.map(deployment => ({ ...deployment, rings: deployment.rings.join(' ') }))
  // A cell that begins like a formula is one to a spreadsheet, unless it is escaped.
  return stringify(rows, { columns, escape_formulas: true })
}

const frames: Record<Format, { start: string; between: string; end: string }> = {
  csv: { start: `${columns.join(',')}\n`, between: '', end: '' },
  json: { start: '[', between: ',', end: ']' },
}

/** The parts as one document. */
export async function* joinParts(parts: AsyncIterable<string>, format: Format): AsyncGenerator<string> {
  const { start, between, end } = frames[format]
  yield start
  let isFirst = true
  for await (const part of parts) {
    yield isFirst ? part : between + part
    isFirst = false
  }
  if (end !== '') yield end
}
