/** What the API answered. */
export interface Answer {
  status: number
  type: string
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered.
  body: any
}

/** The token that every test's backend is given for its first admin. */
export const adminToken = 'only-for-tests-0123456789abcdef'

/** Sends one request to the API as the first admin, with a JSON body if there is one. */
export function ask(url: string, path: string, body?: unknown, method?: string): Promise<Answer> {
  return askAs(adminToken, url, path, body, method)
}

/** The same with any token, or with none. */
export async function askAs(
  token: string | undefined,
  url: string,
  path: string,
  body?: unknown,
  method?: string,
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: text }),
  })
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body: response.status === 204 ? undefined : await response.json(),
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
