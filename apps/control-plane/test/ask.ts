/** What the API answered. */
export interface Answer {
  status: number
  type: string
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered.
  body: any
}

/** Sends one request to the API, with a JSON body if there is one. */
export async function ask(url: string, path: string, body?: unknown, method?: string): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body !== undefined && { body: text, headers: { 'content-type': 'application/json' } }),
  })
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body: await response.json(),
  }
}

/** Creates a deployment and gives back its id. */
export async function create(url: string, rings?: string[]): Promise<string> {
  const answer = await ask(url, '/deployments', { service: 'checkout', version: '1.0.0', rings })
  if (answer.status !== 201) throw new Error(`Not created: ${JSON.stringify(answer.body)}`)
  return answer.body.id
}

/** Asks the API to promote a deployment. */
export function promote(url: string, id: string): Promise<Answer> {
  return ask(url, `/deployments/${id}/promote`, undefined, 'POST')
}
