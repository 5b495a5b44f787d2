import type { Target } from './send.ts'

/** Does something to the control plane or to what it depends on; resolves with what it did, in a few words. */
export type Disturbance = (target: Target) => Promise<string>

/** ci takes longer than the control plane waits for it. */
export const slowDown: Disturbance = async ({ outsideUrl }) => {
  await arrange(outsideUrl, 'PUT', 'faults/ci', { latencyMs: 3_000 })
  return 'slowed ci down'
}

export const healAll: Disturbance = async ({ outsideUrl }) => {
  await arrange(outsideUrl, 'DELETE', 'faults')
  return 'healed the outside world'
}

/** Kills whichever API worker answers, without any warning. Only where the traffic and the API share a machine. */
export const crashWorker: Disturbance = async ({ url, token }) => {
  const response = await fetch(`${url}/process`, { headers: { authorization: `Bearer ${token}` } })
  const { pid } = (await response.json()) as { pid?: number }
  if (pid === undefined)
    throw new Error('The API does not say which process answers; is the token an admin’s?')
  process.kill(pid, 'SIGKILL')
  return 'killed a worker'
}

async function arrange(
  outsideUrl: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  if (outsideUrl === undefined)
    throw new Error('Set CONTROL_PLANE_OUTSIDE_URL: there is no outside world to disturb.')
  const response = await fetch(`${outsideUrl}/arrange/${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })
  if (!response.ok) throw new Error(`The outside world answered ${response.status}.`)
}
