/** Why there is no answer, in words for people. */
export class AskError extends Error {
  readonly status: number | undefined
  constructor(message: string, status?: number) {
    super(message)
    this.name = 'AskError'
    this.status = status
  }
}

const TIMEOUT_MS = 10_000

/** Asks the endpoint that this page came from. Rejects with {@link AskError}. */
export async function ask(path: string, accept: string): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`.${path}`, {
      headers: { accept },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    throw new AskError('The service does not answer. It may be restarting; asking again.')
  }
  if (response.ok) return response
  throw new AskError(describe(response.status), response.status)
}

function describe(status: number): string {
  if (status === 401) return 'Not signed in any more. Reload the page.'
  if (status === 404) return 'The metrics are not where they were. Reload the page.'
  if (status === 429) return 'The endpoint limits how often it is asked; asking more slowly.'
  return `The endpoint answered ${status}; the log of the service may say why. Asking again.`
}
