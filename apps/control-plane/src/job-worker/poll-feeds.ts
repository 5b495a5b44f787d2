import type { Pool } from 'pg'
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
  const items = await readFeed(feed, limits).catch((error: Error) => error)
  if (items instanceof Error) {
    await noteFailedPoll(pool, feed, items.message.slice(0, reasonLimit))
    return run.fail(items)
  }
  catalog.feedItems.add(await keepItems(pool, feed, items))
  run.succeed()
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
  return [item?.id, item?.title, item?.url].every(text => typeof text === 'string' && text.length <= 1_000)
}
