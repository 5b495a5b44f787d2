import type { Pool } from 'pg'
import type { FeedItem, FeedRow } from './feed.ts'

/** A feed that one process polls now. */
export interface DueFeed {
  id: string
  url: string
  position: string | null
}

/** Takes what is due for one process; should it die before it notes the outcome, the feed is due again in time. */
export async function takeDueFeeds(pool: Pool, limit: number): Promise<DueFeed[]> {
  const { rows } = await pool.query<FeedRow>(
    `with picked as (
       select id from feed where active and due_at <= now() order by due_at limit $1 for update skip locked
     )
     update feed set due_at = now() + interval_ms * interval '1 millisecond' from picked
     where feed.id = picked.id returning feed.*`,
    [limit],
  )
  return rows
}

/** Keeps the items and how far the feed was read, together; resolves with how many were new. */
export async function keepItems(pool: Pool, { id }: DueFeed, items: FeedItem[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `with kept as (
       insert into feed_item (feed_id, item_id, title, url)
       select $1, * from unnest($2::text[], $3::text[], $4::text[])
       on conflict do nothing returning 1
     ),
     noted as (
       update feed set polls = polls + 1, last_polled_at = now(), last_error = null,
         position = coalesce($5, position)
       where id = $1
     )
     select count(*)::int as count from kept`,
    [
      id,
      items.map(item => item.id),
      items.map(item => item.title),
      items.map(item => item.url),
      items.at(-1)?.id ?? null,
    ],
  )
  return rows[0]!.count
}

export async function noteFailedPoll(pool: Pool, { id }: DueFeed, reason: string): Promise<void> {
  await pool.query(
    `update feed set polls = polls + 1, failed_polls = failed_polls + 1, last_polled_at = now(), last_error = $2
     where id = $1`,
    [id, reason],
  )
}
