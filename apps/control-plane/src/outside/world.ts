/** What the outside world knows and has been told. */
export interface World {
  /** By connector and the id of what was said: what is told twice is known once. */
  told: Map<string, Map<string, unknown>>
  /** What gates say, by service; those that are not in it pass. */
  gates: Map<string, GateVerdict>
  feeds: Map<string, FeedItem[]>
}

export interface GateVerdict {
  pass: boolean
  reason: string
}

export interface FeedItem {
  id: string
  title: string
  url: string
}

export function createWorld(): World {
  return { told: new Map(), gates: new Map(), feeds: new Map() }
}

export function tell(world: World, connector: string, id: string, content: unknown): void {
  const told = world.told.get(connector) ?? new Map<string, unknown>()
  world.told.set(connector, told.set(id, content))
}
