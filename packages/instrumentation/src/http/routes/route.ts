/** Where a framework's instrumentation leaves the matched pattern for the HTTP server's to record. */
const routeKey: unique symbol = Symbol('tutti.http.route')
const findRouteKey: unique symbol = Symbol('tutti.http.findRoute')

/** A response of `node:http` or a stream of `node:http2`: the one object of a request that the server's part sees. */
export interface RoutedMessage {
  [routeKey]?: string
  [findRouteKey]?: () => string | undefined
}

/** A response as frameworks know it. HTTP/2's compatible response stands before a stream. */
export interface RoutedResponse extends RoutedMessage {
  stream?: RoutedMessage
}

export function setRoute(response: RoutedResponse, route: string): void {
  messageOf(response)[routeKey] = route
}

/** For a framework that only knows at the end which of the patterns was the one that answered. */
export function setRouteFinder(response: RoutedResponse, findRoute: () => string | undefined): void {
  messageOf(response)[findRouteKey] = findRoute
}

export function routeOf(message: RoutedMessage): string | undefined {
  return message[routeKey] ?? message[findRouteKey]?.()
}

function messageOf(response: RoutedResponse): RoutedMessage {
  return response.stream ?? response
}

/** `/api` and `/users/:id` make `/api/users/:id`; a router's own `/` adds nothing to where it is mounted. */
export function joinPatterns(mounted: string, pattern: string): string {
  if (pattern === '/' || pattern === '') return mounted || '/'
  const base = mounted.endsWith('/') ? mounted.slice(0, -1) : mounted
  return pattern.startsWith('/') || base === '' ? base + pattern : `${base}/${pattern}`
}

/** A pattern as the app wrote it: a string, a regular expression, or a list of those. */
export function patternText(pattern: unknown): string {
  if (typeof pattern === 'string') return pattern
  return Array.isArray(pattern) ? pattern.map(patternText).join('|') : String(pattern)
}

/** `*`, `/*path`, `/{*path}`: on a route for every method this is where an app answers what matched no route. */
export function isCatchAll(pattern: unknown): boolean {
  return typeof pattern === 'string' && /^\/?\{?\/?\*\w*\}?$/.test(pattern)
}
