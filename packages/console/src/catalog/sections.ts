import type { Section } from './panel.ts'

/** In the order in which they are shown. */
export const SECTIONS: readonly { readonly id: Section; readonly title: string }[] = [
  { id: 'runtime', title: 'Runtime' },
  { id: 'database', title: 'Database' },
  { id: 'cache', title: 'Cache' },
  { id: 'queues', title: 'Queues' },
  { id: 'outgoing', title: 'Outgoing' },
]
