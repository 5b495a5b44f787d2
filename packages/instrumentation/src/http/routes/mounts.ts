import type { IncomingMessage } from 'node:http'
import { isCatchAll, joinPatterns, patternText, type RoutedResponse, setRoute } from './route.ts'

const mountsKey: unique symbol = Symbol('tutti.http.mounts')

/** What is known of one request's way through the routers of Express. */
interface Mounts {
  /** The `req.next` of each router that was entered, and the pattern under which that router stands. */
  routers: unknown[]
  prefixes: string[]
  /** Where a router that is entered next is mounted: the pattern of the layer that was called last. */
  current: string
}

interface Route {
  methods: Record<string, boolean | undefined>
}

export interface ExpressRequest extends IncomingMessage {
  /** Express' own; absent when its router is used alone. */
  app?: unknown
  next?: unknown
  /** The one that is being handled. */
  route?: Route
}

interface MountedResponse extends RoutedResponse {
  [mountsKey]?: Mounts
}

/** A middleware or a mounted router is about to be called. */
export function enterMount(request: ExpressRequest, response: MountedResponse, pattern: unknown): void {
  const mounts = mountsOf(response)
  mounts.current = joinMount(prefixOf(mounts, request.next), patternText(pattern))
}

/** A route's own handler is about to be called: this is the pattern that matched. */
export function enterRoute(request: ExpressRequest, response: MountedResponse, pattern: unknown): void {
  const mounts = mountsOf(response)
  const prefix = prefixOf(mounts, request.next)
  // A route takes nothing off the path, so a router that its handler calls matches all of it again.
  mounts.current = prefix
  if (isCatchAll(pattern) && takesEveryMethod(request.route)) return
  setRoute(response, joinPatterns(prefix, patternText(pattern)))
}

/** `router.all` says so, `app.all` adds every single method: also this one, which nobody asks for alone. */
function takesEveryMethod(route: Route | undefined): boolean {
  return route?.methods._all === true || route?.methods['m-search'] === true
}

function mountsOf(response: MountedResponse): Mounts {
  response[mountsKey] ??= { routers: [], prefixes: [], current: '' }
  return response[mountsKey]
}

/**
 * A router sets `req.next` to a function of its own while it handles a request, and puts the former one
 * back when it leaves. So an unknown `req.next` means that the layer called last has just entered a router,
 * and a known one tells which router a layer belongs to, however many awaits lie between.
 */
function prefixOf(mounts: Mounts, router: unknown): string {
  const index = mounts.routers.indexOf(router)
  if (index >= 0) return mounts.prefixes[index]!
  mounts.routers.push(router)
  mounts.prefixes.push(mounts.current)
  return mounts.current
}

function joinMount(prefix: string, pattern: string): string {
  return pattern === '/' || pattern === '' ? prefix : joinPatterns(prefix, pattern)
}
