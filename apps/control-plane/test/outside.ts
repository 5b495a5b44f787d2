import type { Fault } from '../src/outside/faults.ts'
import type { FeedItem, GateVerdict } from '../src/outside/world.ts'

/** Arranges the outside world that a test's control plane works with. */
export interface Outside {
  url: string
  fault(part: string, fault: Fault): Promise<void>
  heal(): Promise<void>
  gate(service: string, verdict: GateVerdict): Promise<void>
  addToFeed(name: string, items: FeedItem[]): Promise<void>
  /** What a connector was told, by the id of the message. */
  told(connector: string): Promise<Record<string, { deploymentId: string; event: string }>>
}

export function outsideAt(url: string): Outside {
  const arrange = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/arrange/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    if (!response.ok) throw new Error(`The outside world answered ${response.status} to ${method} ${path}.`)
    return response
  }
  return {
    url,
    fault: async (part, fault) => void (await arrange('PUT', `faults/${part}`, fault)),
    heal: async () => void (await arrange('DELETE', 'faults')),
    gate: async (service, verdict) => void (await arrange('PUT', `gates/${service}`, verdict)),
    addToFeed: async (name, items) => void (await arrange('POST', `feeds/${name}`, items)),
    told: async connector =>
      (await arrange('GET', `told/${connector}`)).json() as ReturnType<Outside['told']>,
  }
}
