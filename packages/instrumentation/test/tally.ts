import type { App } from './app.ts'

/** `SELECT 42P01` -> 2: the values of a metric's points, by those of the attributes that are named. */
export async function tally(app: App, metric: string, ...names: string[]): Promise<Record<string, number>> {
  const points = await app.points(metric)
  return Object.fromEntries(
    points.map(({ attributes, value }) => [
      names
        .map(name => attributes[name])
        .filter(part => part !== undefined)
        .join(' '),
      value,
    ]),
  )
}
