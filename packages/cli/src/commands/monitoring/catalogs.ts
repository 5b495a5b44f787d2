import { Failure } from '../../arguments/failure.ts'
import { parseDescriptions, WRITE_IT } from '../../source/catalog-json.ts'
import { readText } from '../../source/read-text.ts'
import { findCatalogs } from '../exercise/find-catalogs.ts'

/** The descriptions that modules and JSON files hold, one or several in each. Throws {@link Failure}. */
export async function readCatalogs(
  files: readonly string[],
  exportName: string | undefined,
): Promise<unknown[]> {
  const found = await Promise.all(
    files.map(async file => {
      if (file.endsWith('.json')) return described(file)
      return (await findCatalogs(file, exportName)).map(({ description }) => description)
    }),
  )
  return found.flat()
}

function described(file: string): unknown[] {
  const all = parseDescriptions(readText(file), file)
  if (all.every(isCatalog)) return all
  throw new Failure(`${file} is no catalog: it has no metrics with their instruments. ${WRITE_IT}`)
}

function isCatalog(value: unknown): boolean {
  const { metrics } = (value ?? {}) as { metrics?: unknown }
  return (
    Array.isArray(metrics) &&
    metrics.every(metric => Array.isArray((metric as { instruments?: unknown } | null)?.instruments))
  )
}
