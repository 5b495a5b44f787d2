import type { Command } from '../../arguments/command.ts'
import { TOKEN } from '../../source/token.ts'

export const SORTS: readonly string[] = ['rate', 'errors', 'p95', 'total']

export const top: Command = {
  name: 'top',
  summary: 'workers and routes, live in the terminal',
  operands: '[source]',
  maxOperands: 1,
  about: `A row a worker: how long it runs, its requests (of a URL only where it has the console: a page adds all workers
up), the delay of its event loop, its heap, and how long ago it was last heard of: that grows while its event loop is
blocked. A row a route: rate, errors (answers from 500 on, and requests that ended in an error), and quantiles of the
last interval.

Keys: q or Ctrl-C ends, s sorts routes by the next column, p stops the picture and lets it go on.
Piped it prints one picture, of one interval, and ends.`,
  options: [
    { name: 'interval', short: 'i', value: '<seconds>', fallback: '2', help: 'Between two pictures.' },
    {
      name: 'sort',
      short: 's',
      value: '<column>',
      choices: SORTS,
      fallback: 'rate',
      help: 'What routes are sorted by.',
    },
    { name: 'once', help: 'One picture of one interval, also in a terminal.' },
    TOKEN,
  ],
  examples: [
    ['tutti top', 'the one service that runs here'],
    ['tutti top shop --sort p95', 'the slowest routes of "shop" first'],
    ['tutti top https://shop.example/metrics --bearer-token-file token', 'another machine'],
  ],
  load: () => import('./top.ts'),
}
