import type { Command } from '../../arguments/command.ts'

export const exercise: Command = {
  name: 'exercise',
  summary: 'records every business metric once, to see it arrive',
  operands: '<module>',
  maxOperands: 1,
  about: `Loads a module that exports a catalog of @tutti/business-metrics, records each of its metrics once, with the first
value of each label, and looks whether all of them are on the page. Operations and jobs succeed once and fail once.
It records into a directory of its own, which is removed; with --directory into that of a running service, whose
numbers then grow by one. Exit code 1 when something did not arrive.`,
  options: [
    {
      name: 'directory',
      short: 'd',
      value: '<path|service>',
      help: 'Records among the writers of a running service, to see it in Prometheus and on dashboards.',
    },
    {
      name: 'port',
      short: 'p',
      value: '<number>',
      help: 'Serves the page on this port until Ctrl-C; 0 takes any free one.',
    },
    { name: 'export', short: 'e', value: '<name>', help: 'Only the catalog that is exported by this name.' },
    { name: 'json', help: 'JSON.' },
  ],
  examples: [
    ['tutti exercise ./dist/metrics.js', 'does every metric arrive?'],
    [
      'tutti exercise ./metrics.ts --port 9464',
      'and look at the page (TypeScript needs Node 22.18 or newer)',
    ],
    ['tutti exercise ./dist/metrics.js --directory shop', 'to see it on the dashboard of "shop"'],
  ],
  load: () => import('./exercise.ts'),
}
