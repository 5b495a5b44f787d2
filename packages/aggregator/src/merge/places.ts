import type { Link } from './links.ts'

const PLACES: WeakMap<Link, Int32Array> = new WeakMap()

/** A link as the kernel reads it: of each series its first cell in the segment, and its index in the stream. */
export function placesOf(link: Link, cellCount: number): Int32Array {
  const { from, to } = link
  const known = PLACES.get(link)
  // A link gets longer, never shorter.
  if (known?.length === from.length * 2) return known
  const places = new Int32Array(from.length * 2)
  for (let each = 0; each < from.length; each++) {
    places[each * 2] = from[each]
    places[each * 2 + 1] = to[each] / cellCount
  }
  PLACES.set(link, places)
  return places
}
