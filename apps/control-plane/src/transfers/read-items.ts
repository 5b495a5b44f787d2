import { parse } from 'csv-parse/sync'
import type { NewDeployment } from '../deployments/deployment.ts'
import { namePattern, ringPattern } from '../deployments/patterns.ts'
import type { Format } from './transfer.ts'

export const itemsLimit = 10_000

/** The content as a whole cannot be imported. */
export class UnreadableContentError extends Error {}

/** The items of an import as they are written, still to be looked at one by one. */
export function readItems(content: string, format: Format): unknown[] {
  const items = format === 'csv' ? readCsv(content) : readJson(content)
  if (items.length === 0) throw new UnreadableContentError('There is nothing to import in it.')
  if (items.length > itemsLimit)
    throw new UnreadableContentError(`It has ${items.length} items; ${itemsLimit} is the most in one import.`)
  return items
}

function readCsv(content: string): unknown[] {
  try {
    return parse(content, { columns: true, bom: true, trim: true, skip_empty_lines: true })
  } catch (error) {
    throw new UnreadableContentError(`It is not CSV with a header: ${(error as Error).message}`)
  }
}

function readJson(content: string): unknown[] {
  const items = parseJson(content)
  if (!Array.isArray(items)) throw new UnreadableContentError('It is not a list of deployments.')
  return items
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new UnreadableContentError(`It is not JSON: ${(error as Error).message}`)
  }
}

/** A deployment as it is to be created, or the reason why it cannot be. In CSV rings are separated by blanks. */
export function readItem(item: unknown): NewDeployment | string {
  if (typeof item !== 'object' || item === null) return 'is not a deployment'
  const { service, version, rings } = item as Record<string, unknown>
  if (typeof service !== 'string' || !namePattern.test(service)) return 'has no valid service'
  if (typeof version !== 'string' || !namePattern.test(version)) return 'has no valid version'
  const names = typeof rings === 'string' ? rings.split(/\s+/).filter(Boolean) : (rings ?? [])
  if (!Array.isArray(names) || names.length > 10 || new Set(names).size < names.length)
    return 'has no valid rings'
  if (!names.every(name => typeof name === 'string' && ringPattern.test(name))) return 'has no valid rings'
  return names.length === 0 ? { service, version } : { service, version, rings: names }
}
