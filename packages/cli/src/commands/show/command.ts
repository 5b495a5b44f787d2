import type { Command } from '../../arguments/command.ts'
import { LABEL, NAME } from '../../page/select.ts'
import { TOKEN } from '../../source/token.ts'

export const show: Command = {
  name: 'show',
  summary: 'the metrics of a service as a table',
  operands: '[source]',
  maxOperands: 1,
  about: `Shows every series once: a histogram as its count, mean and quantiles, which are estimated from its buckets.
A directory is read by this process itself, so it works also when nobody serves the page.`,
  options: [
    NAME,
    LABEL,
    { name: 'json', help: 'JSON: one document, or one a line with --watch.' },
    { name: 'watch', short: 'w', help: 'Shows it again and again, until Ctrl-C.' },
    { name: 'interval', value: '<seconds>', fallback: '2', help: 'How often with --watch.' },
    { name: 'scope', help: 'The labels otel_scope_* too, which say what library a metric comes from.' },
    TOKEN,
  ],
  examples: [
    ['tutti show', 'everything of the one service that runs here'],
    ['tutti show shop --name http_server', 'HTTP of the running service "shop"'],
    ['tutti show http://localhost:9464/metrics --label http_route=/orders* --json', 'for scripts'],
    ['tutti show --watch --name orders', 'see it move'],
  ],
  load: () => import('./show.ts'),
}
