export const postedBytes = 12

/** The requests that every app of the matrix gets, each on a connection of its own, so that all workers get some. */
export async function sendRequests(port: number): Promise<void> {
  const requests: [string, string, number][] = [
    ['GET', '/hello', 200],
    ['GET', '/hello', 200],
    ['GET', '/users/user-1', 200],
    ['GET', '/users/user-2', 200],
    ['GET', '/users/user-3', 200],
    ['POST', '/users', 201],
    ['GET', '/fails', 500],
    ['GET', '/nowhere/1', 404],
    ['GET', '/nowhere/2', 404],
  ]
  for (const [method, path, status] of requests) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { connection: 'close', ...(method === 'POST' && { 'content-type': 'application/json' }) },
      ...(method === 'POST' && { body: JSON.stringify({ name: 'n' }) }),
      signal: AbortSignal.timeout(30_000),
    })
    await response.arrayBuffer()
    if (response.status !== status) throw new Error(`${method} ${path}: ${response.status}, not ${status}`)
  }
}
