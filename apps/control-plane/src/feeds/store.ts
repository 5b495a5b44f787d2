import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { type Feed, type FeedItem, type FeedRow, feedOf, type NewFeed } from './feed.ts'

const defaultIntervalMs = 60_000

/** Undefined if there is a feed of this name already. */
export async function createFeed(pool: Pool, { name, url, intervalMs }: NewFeed): Promise<Feed | undefined> {
  const { rows } = await pool.query<FeedRow>(
    `insert into feed (id, name, url, interval_ms) values ($1, $2, $3, $4)
     on conflict (name) do nothing returning *`,
    [randomUUID(), name, url, intervalMs ?? defaultIntervalMs],
  )
  return rows[0] && feedOf(rows[0])
}

export async function listFeeds(pool: Pool): Promise<Feed[]> {
  const { rows } = await pool.query<FeedRow>('select * from feed order by name limit 1000')
  return rows.map(feedOf)
}

export async function hasFeed(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from feed where id = $1', [id])
  return rowCount === 1
}

/** Polls it or not; undefined if there is none with this id. */
export async function setFeedActive(pool: Pool, id: string, active: boolean): Promise<Feed | undefined> {
  const { rows } = await pool.query<FeedRow>(
    'update feed set active = $2, due_at = now() where id = $1 returning *',
    [id, active],
  )
  return rows[0] && feedOf(rows[0])
}

/** Its items go with it. */
export async function deleteFeed(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from feed where id = $1', [id])
  return rowCount === 1
}

export async function countActiveFeeds(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from feed where active')
  return rows[0]!.count
}

/** The newest first. */
export async function listItems(pool: Pool, feedId: string): Promise<FeedItem[]> {
  const { rows } = await pool.query<FeedItem>(
    `select item_id as id, title, url from feed_item where feed_id = $1
     order by discovered_at desc, item_id desc limit 100`,
    [feedId],
  )
  return rows
}
