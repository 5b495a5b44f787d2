import { counter, gauge, operation } from '@tutti/business-metrics'

export const feedMetrics = {
  feedPolls: operation({
    name: 'feed.poll',
    group: 'feeds',
    description: 'Polls of feeds.',
    names: { total: 'feed.polls' },
    // Feeds are others' machines; what is late is polled again.
    objective: { target: 0.99, latencySeconds: 5 },
  }),
  feedItems: counter({
    name: 'feed.items.discovered',
    group: 'feeds',
    description: 'Items that were in no poll of their feed before.',
    unit: '{item}',
  }),
  activeFeeds: gauge({
    name: 'active.feeds',
    group: 'feeds',
    description: 'Feeds that are polled.',
    unit: '{feed}',
  }),
}
