import type { TrafficOptions } from './generate.ts'
import { findScenario } from './scenarios.ts'

/** What the environment says, with defaults; throws one clear line for each value that cannot be used. */
export function readTrafficSettings(env: NodeJS.ProcessEnv): Omit<TrafficOptions, 'say'> {
  return {
    url: env.CONTROL_PLANE_TRAFFIC_URL || `http://127.0.0.1:${env.CONTROL_PLANE_API_PORT || 3000}`,
    token: env.CONTROL_PLANE_TRAFFIC_TOKEN || env.CONTROL_PLANE_BOOTSTRAP_TOKEN || undefined,
    outsideUrl: env.CONTROL_PLANE_OUTSIDE_URL || undefined,
    scenario: findScenario(env.CONTROL_PLANE_TRAFFIC_SCENARIO || 'steady'),
    requestsPerSecond: positive(env, 'CONTROL_PLANE_TRAFFIC_RATE', 10),
    requestLimit: positive(env, 'CONTROL_PLANE_TRAFFIC_REQUESTS', Number.POSITIVE_INFINITY),
  }
}

// A pause of no number, or without an end, is none: what cannot be used would be as much traffic as there can be.
function positive(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${name} is "${text}"; it must be a number above 0.`)
}
