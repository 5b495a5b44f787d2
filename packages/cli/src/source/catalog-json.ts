import { Failure } from '../arguments/failure.ts'

export const WRITE_IT = 'Write it with JSON.stringify(catalog.describe()).'

/** What `describe()` of one catalog or of several says, not looked at yet. Throws {@link Failure} for what is no JSON. */
export function parseDescriptions(text: string, source: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : [value]
  } catch (error) {
    throw new Failure(`${source} is no JSON: ${(error as Error).message}. ${WRITE_IT}`)
  }
}
