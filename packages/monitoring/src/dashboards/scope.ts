import type { Scope } from '../promql.ts'

/** What a viewer chose, over what the width of the screen calls for. */
export const chosen: Scope = { matchers: 'job=~"$job", instance=~"$instance"', range: '$__rate_interval' }

/** Recordings are over all instances. */
export const ofJob = '{job=~"$job"}'
