import type { Pool } from 'pg'
import { type FetchLimits, fetchText, RefusedAddressError } from '../fetching/fetch-text.ts'
import { catalog } from '../metrics/catalog.ts'
import { describePage, type PageDescription } from './describe-page.ts'

export interface Unfurled extends PageDescription {
  outcome: 'success' | 'cached' | 'refused' | 'failure'
}

/** Says what is behind a link, from an hour's memory if it is there. Each time is a row, and counted once that is. */
export async function unfurl(pool: Pool, url: string, limits: FetchLimits): Promise<Unfurled> {
  const run = catalog.unfurls.start()
  try {
    const known = await findKnown(pool, url)
    const unfurled: Unfurled = known ? { ...known, outcome: 'cached' } : await fetchDescription(url, limits)
    await keep(pool, url, unfurled)
    run.end(unfurled.outcome)
    return unfurled
  } catch (error) {
    run.fail(error)
    throw error
  }
}

async function fetchDescription(url: string, limits: FetchLimits): Promise<Unfurled> {
  try {
    return { ...describePage(await fetchText(url, limits)), outcome: 'success' }
  } catch (error) {
    const outcome = error instanceof RefusedAddressError ? 'refused' : 'failure'
    return { title: null, description: null, outcome }
  }
}

async function findKnown(pool: Pool, url: string): Promise<PageDescription | undefined> {
  const { rows } = await pool.query<PageDescription>(
    `select title, description from unfurl
     where url = $1 and outcome = 'success' and unfurled_at > now() - interval '1 hour'
     order by unfurled_at desc limit 1`,
    [url],
  )
  return rows[0]
}

async function keep(pool: Pool, url: string, { title, description, outcome }: Unfurled): Promise<void> {
  await pool.query('insert into unfurl (url, title, description, outcome) values ($1, $2, $3, $4)', [
    url,
    title,
    description,
    outcome,
  ])
}
