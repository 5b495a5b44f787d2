import type { App, Point } from './app.ts'

/** `GET 200 /users/:id` -> 2, of the durations of requests. */
export async function countRequests(app: App): Promise<Record<string, number>> {
  const points = await app.points('http.server.request.duration')
  return Object.fromEntries(points.map(point => [describePoint(point), point.value]))
}

function describePoint({ attributes }: Point): string {
  return [
    attributes['http.request.method'],
    attributes['http.response.status_code'] ?? '-',
    attributes['http.route'] ?? '-',
    attributes['error.type'],
  ]
    .filter(part => part !== undefined)
    .join(' ')
}
