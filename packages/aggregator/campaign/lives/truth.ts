import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Crowd } from './crowd.ts'
import { readNotes } from './notes.ts'

/** Each life's counter and histogram are what it noted: an operation that was under way is in or out. */
export function checkTruth(crowd: Crowd, page: Record<string, number>, failed: (what: string) => void): void {
  const living = new Set(crowd.living.map(life => String(life.number)))
  for (const life of readdirSync(crowd.notes)) {
    const { begun, finished } = readNotes(join(crowd.notes, life))
    const counted = page[`operations_total{life="${life}"}`] ?? 0
    const sizes = page[`sizes_count{life="${life}"}`] ?? 0
    const isRight = (value: number): boolean => value === begun || value === finished
    // The page of who still counts is older than its notes.
    if (living.has(life)) continue
    if (!isRight(counted) || !isRight(sizes) || sizes > counted)
      failed(`life ${life} began ${begun} and finished ${finished}; the page has ${counted} and ${sizes}`)
    const sum = page[`sizes_sum{life="${life}"}`] ?? 0
    if (sum < sumOf(sizes) || sum > sumOf(begun))
      failed(`life ${life}: the sum of ${sizes} is ${sum}, not ${sumOf(sizes)}`)
    if (page[`alive{life="${life}"}`] !== undefined)
      failed(`life ${life} has ended and is on the page as alive`)
  }
}

function sumOf(operations: number): number {
  let sum = 0
  for (let each = 1; each <= operations; each++) sum += (each % 4) / 4
  return sum
}
