/**
 * Throws unless the page counted as many requests as were answered: a contestant that loses them measures nothing.
 * When time is up a generator leaves requests under way unread, so the page may have some more.
 */
export async function checkPage(what: string, pageUrl: string, answered: number): Promise<void> {
  const counted = countRequests(await (await fetch(pageUrl)).text())
  if (counted < answered || counted > answered * 1.05 + 1_000) {
    throw new Error(`${what}: ${answered} requests were answered, and the page counts ${counted}`)
  }
}

export function countRequests(page: string): number {
  const counts = page.matchAll(/^http_server_(?:request_)?duration(?:_\w+)?_count(?:\{.*\})? (\S+)$/gm)
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
}
