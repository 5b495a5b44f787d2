import { fromFamilies, type Table } from './metric.ts'

const families = {
  writers: ['gauge', 'tutti_writers'],
  starts: ['counter', 'tutti_writer_starts_total'],
  cleanExits: ['counter', 'tutti_writer_clean_exits_total'],
  deaths: ['counter', 'tutti_writer_deaths_total'],
  folded: ['counter', 'tutti_folded_segments_total'],
  heartbeatAge: ['gauge', 'tutti_writer_heartbeat_age_seconds'],
  damaged: ['gauge', 'tutti_damaged_segments'],
  privateSeries: ['gauge', 'tutti_private_series'],
  segments: ['gauge', 'tutti_segments'],
  segmentsLimit: ['gauge', 'tutti_segments_limit'],
  series: ['gauge', 'tutti_series'],
  scrapes: ['counter', 'tutti_scrapes_total'],
  scrapeDuration: ['gauge', 'tutti_scrape_duration_seconds'],
  pageBytes: ['gauge', 'tutti_page_bytes'],
  overflow: ['counter', 'tutti_overflow_measurements_total'],
} as const

/** What the page of `@tutti/aggregator` says about itself. */
export const own: Table<typeof families> = fromFamilies(families)
