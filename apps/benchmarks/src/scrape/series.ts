import { boundaries, bucketOf } from '../boundaries.ts'

/** How many processes there are, and of how many series the one histogram that each of them records: the same ones. */
export interface FleetSize {
  members: number
  series: number
}

/** What aims are set for. */
export const usualSize: FleetSize = { members: 16, series: 5000 }
export const histogramName = 'http_request_duration'

export interface Labels {
  method: string
  route: string
  status: number
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE']
const statuses = [
  200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 409, 410, 412, 422, 429, 500, 501, 502, 503, 504,
]

export function labelsOf(series: number): Labels {
  return {
    method: methods[series % 5],
    route: `/api/v1/resource-${Math.floor(series / 100)}/:id`,
    status: statuses[Math.floor(series / 5) % 20],
  }
}

export function seriesKey({ method, route, status }: Labels): string {
  return `${method} ${route} ${status}`
}

/** The first round fills the series; each later one adds one value to every series of every member. */
export function valuesIn(round: number): number {
  return round === 0 ? 4 : 1
}

/** Another value for each member, series and round; a multiple of 1/8, so that every order of adding gives one sum. */
export function observedValue(member: number, series: number, round: number, index: number): number {
  const mixed = Math.imul(
    member * 7919 + series * 104_729 + round * 1_299_709 + index * 15_485_863 + 1,
    2_654_435_761,
  )
  const fraction = (mixed >>> 8) & 1023
  return Math.ceil(((fraction + 1) / 1024) * 2 ** ((mixed >>> 28) % 14) * 8) / 8
}

/** The histogram that the page must show for each series, kept up to date round by round. */
export interface ExpectedSeries {
  count: number
  sum: number
  buckets: number[]
}

export function emptyFleet({ series }: FleetSize): ExpectedSeries[] {
  return Array.from({ length: series }, () => ({
    count: 0,
    sum: 0,
    buckets: new Array(boundaries.length + 1).fill(0),
  }))
}

export function addRound(fleet: ExpectedSeries[], members: number, round: number): void {
  for (let series = 0; series < fleet.length; series++) {
    const one = fleet[series]
    for (let member = 0; member < members; member++) {
      for (let index = 0; index < valuesIn(round); index++) {
        const value = observedValue(member, series, round, index)
        one.buckets[bucketOf(value)] += 1
        one.count += 1
        one.sum += value
      }
    }
  }
}
