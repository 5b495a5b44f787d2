import type { Command } from '../../arguments/command.ts'
import { NAME } from '../../page/select.ts'
import { TOKEN } from '../../source/token.ts'
import { CODES } from './finding.ts'

export const lint: Command = {
  name: 'lint',
  summary: 'checks names, units, labels and cardinality',
  operands: '[source|catalog.json]',
  maxOperands: 1,
  about: `Checks a page, or a catalog: what describe() of @tutti/business-metrics says, as JSON. A page tells how many
series there are; a catalog tells how many there may be. Exit code 1 when something is found.

Codes: ${CODES.join(', ')}.`,
  options: [
    NAME,
    {
      name: 'ignore',
      short: 'i',
      value: '<code>',
      many: true,
      choices: CODES,
      help: 'Leaves these findings out.',
    },
    { name: 'max-series', value: '<count>', fallback: '1000', help: 'Series that one metric may have.' },
    { name: 'max-values', value: '<count>', fallback: '100', help: 'Values that one label may have.' },
    { name: 'json', help: 'JSON.' },
    TOKEN,
  ],
  examples: [
    ['tutti lint', 'the one service that runs here'],
    ['tutti lint http://localhost:9464/metrics --name orders*', 'your own metrics'],
    ['tutti lint catalog.json --json', 'a catalog, in CI'],
    ['curl -s localhost:9464/metrics | tutti lint -', 'what anything else answers'],
  ],
  load: () => import('./lint.ts'),
}
