import type { Option } from '../../arguments/command.ts'

/** What `tutti dashboards` and `tutti rules` are told of the service; both are to be told the same. */
export const MONITORING_OPTIONS: readonly Option[] = [
  {
    name: 'job',
    short: 'j',
    value: '<label>',
    variable: 'OTEL_SERVICE_NAME',
    help: 'The label "job" of the service\'s targets in Prometheus. It selects every series, and names every file.',
  },
  { name: 'title', value: '<text>', help: 'What dashboards begin with; the job unless it is given.' },
  { name: 'team', value: '<name>', fallback: 'platform', help: 'The label "team" of every alert.' },
  {
    name: 'namespace',
    value: '<name>',
    help: 'Of its containers in Kubernetes; the job unless it is given.',
  },
  {
    name: 'runbooks',
    value: '<url>',
    help: "Where the runbooks are; an alert's is this, its name and .md. Tutti's own unless it is given.",
  },
  {
    name: 'threshold',
    value: '<name=number>',
    many: true,
    help: 'Where an alert begins: httpErrorRatio=0.01. A name that is not known lists them all.',
  },
  {
    name: 'export',
    short: 'e',
    value: '<name>',
    help: 'Only the catalog that a module exports by this name.',
  },
  { name: 'out', short: 'o', value: '<folder>', fallback: 'monitoring', help: 'Where files are written.' },
  {
    name: 'check',
    help: 'Writes nothing: exit code 1 when a file is missing, differs, or is not made any more.',
  },
]

/** Both commands are told of catalogs in this way. */
export const ABOUT_CATALOGS: string = `A catalog is a module that exports what defineCatalog() of @tutti/business-metrics gives, or a JSON file of what its
describe() says. Without one there is what the preload records: HTTP, runtime, workers, databases, caches and queues.

Needs @tutti/monitoring, which is installed by itself: npm install --save-dev @tutti/monitoring.`
