import { operation } from '@tutti/business-metrics'

export const unfurlMetrics = {
  unfurls: operation({
    name: 'unfurl',
    group: 'unfurl',
    description: 'Links that somebody wanted to know more about.',
    outcomes: ['cached', 'refused'],
    names: { total: 'unfurl.operations' },
  }),
}
