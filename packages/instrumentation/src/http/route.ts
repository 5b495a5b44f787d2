import type { ServerResponse } from 'node:http'

/** Where a framework's instrumentation leaves the matched pattern for the HTTP server's to record. */
export const routeKey: unique symbol = Symbol('tutti.http.route')

export interface RoutedResponse extends ServerResponse {
  [routeKey]?: string
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
