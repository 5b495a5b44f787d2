import type { Pool } from 'pg'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import type { FeedItem } from '../feeds/feed.ts'
import { type DueFeed, keepItems, noteFailedPoll, takeDueFeeds } from '../feeds/polling.ts'
import { countActiveFeeds } from '../feeds/store.ts'
import { type FetchLimits, fetchText } from '../fetching/fetch-text.ts'
import { catalog } from '../metrics/catalog.ts'
import { settleAll } from '../process/settle-all.ts'

const batchSize = 10

/** Polls the feeds that are due; resolves with how many were. */
export async function pollDueFeeds(pool: Pool, limits: FetchLimits): Promise<number> {
  const due = await takeDueFeeds(pool, batchSize)
  await settleAll(due.map(feed => poll(pool, feed, limits)))
  catalog.activeFeeds.set(await countActiveFeeds(pool))
  return due.length
}

async function poll(pool: Pool, feed: DueFeed, limits: FetchLimits): Promise<void> {
  // Measured by hand: what the poll was counts only when the database has it.
  const run = catalog.feedPolls.start()
  try {
    const found = await pollOnce(pool, feed, limits)
    if (found instanceof Error) return run.fail(found)
    catalog.feedItems.add(found)
    run.succeed()
  } catch (error) {
    run.fail(error)
    throw error
  }
}

/** How many items were new, or why the poll has failed, as the database has it. */
async function pollOnce(pool: Pool, feed: DueFeed, limits: FetchLimits): Promise<number | Error> {
  const items = await readFeed(feed, limits).catch((error: Error) => error)
  const found = items instanceof Error ? items : await keep(pool, feed, items)
  if (found instanceof Error) await noteFailedPoll(pool, feed, found.message.slice(0, reasonLimit))
  return found
}

async function keep(pool: Pool, feed: DueFeed, items: FeedItem[]): Promise<number | Error> {
  try {
    return await keepItems(pool, feed, items)
  } catch (error) {
    // What the database does not take is this feed's trouble alone.
    if (!(error instanceof Error) || isDatabaseUnavailable(error)) throw error
    return error
  }
}

const reasonLimit = 200
const itemsLimit = 1_000

async function readFeed({ url, position }: DueFeed, limits: FetchLimits): Promise<FeedItem[]> {
  const address = new URL(url)
  if (position !== null) address.searchParams.set('after', position)
  const { items } = JSON.parse(await fetchText(address.href, limits)) as { items?: unknown }
  if (!Array.isArray(items) || items.length > itemsLimit || !items.every(isItem))
    throw new Error('This is not a feed: it should be {"items": [{"id", "title", "url"}, ...]}.')
  return items
}

function isItem(item: Partial<Record<keyof FeedItem, unknown>> | null): boolean {
  return [item?.id, item?.title, item?.url].every(
    // PostgreSQL has no text with a NUL in it.
    text => typeof text === 'string' && text.length <= 1_000 && !text.includes('\0'),
  )
}
