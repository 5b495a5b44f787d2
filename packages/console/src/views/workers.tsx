import type { JSX } from 'preact'
import { type Health, healthOf } from '../figures/worker-figures.ts'
import { age, inUnit } from '../format/by-unit.ts'
import type { Live } from '../live.ts'
import { workerGauges } from '../rates/workers.ts'
import type { WorkerLife } from '../reading/worker-list.ts'
import type { LiveProps } from './app.tsx'
import { Section } from './section.tsx'

/** A number that nobody has again after so long is shown no more; one that was killed longer. */
const ENDED_SHOWN_MS = 30_000
const KILLED_SHOWN_MS = 300_000
const SLOW_LOOP_SECONDS = 0.1

const TITLES = [
  'Process',
  'Uptime',
  'Requests',
  'Errors',
  'Loop p99',
  'Heap',
  'Heartbeat',
  'Crashes',
  'Restarts',
]

/** A row a worker. Who is blocked or was killed says so, also to a screen reader. */
export function Workers({ live }: LiveProps): JSX.Element {
  const shown = live.workers.filter(
    ({ state, ageMs }) =>
      state === 'running' || ageMs < (state === 'killed' ? KILLED_SHOWN_MS : ENDED_SHOWN_MS),
  )
  const gauges = workerGauges(live.page)
  return (
    <Section id="workers" title="Workers" note={describeLives(live)}>
      <p class="hidden" role="status">
        {describeTrouble(shown)}
      </p>
      <table class="rows workers" aria-labelledby="workers-title">
        <thead>
          <tr>
            <th scope="col">Worker</th>
            {TITLES.map((title, at) => (
              <th key={title} scope="col" class={at === 0 ? undefined : 'number'}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(worker => (
            <WorkerRow key={worker.worker} live={live} worker={worker} gauges={gauges} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

interface WorkerRowProps extends LiveProps {
  readonly worker: WorkerLife
  readonly gauges: ReturnType<typeof workerGauges>
}

function WorkerRow({ live, worker, gauges }: WorkerRowProps): JSX.Element {
  const number = String(worker.worker)
  const health = healthOf(worker)
  const isRunning = worker.state === 'running'
  const rates = live.workerRates.of(worker.worker)
  const gauge = (values: Map<string, number>) => (isRunning ? (values.get(number) ?? Number.NaN) : Number.NaN)
  const delay = gauge(gauges.delays)
  const cells: [text: string, isBad?: boolean][] = [
    [processText(worker)],
    [isRunning ? age(worker.ageMs / 1_000) : `${health} ${age(worker.ageMs / 1_000)} ago`, !isRunning],
    [inUnit(rates.requests, 'rate')],
    [inUnit(rates.errors, 'rate'), rates.errors > 0],
    [inUnit(delay, 'seconds'), delay > SLOW_LOOP_SECONDS],
    [inUnit(gauge(gauges.heaps), 'bytes')],
    [heartbeatText(worker), health === 'blocked'],
    [String(worker.crashes), worker.crashes > 0],
    [String(worker.restarts)],
  ]
  return (
    <tr class={`worker ${health}`} data-worker={number} data-health={health} data-pid={worker.pid}>
      <th scope="row">
        <span class="dot" aria-hidden="true" />
        <span class="only-narrow">Worker </span>
        {number}
        <span class="health">{WORDS[health]}</span>
      </th>
      {cells.map(([text, isBad = false], at) => (
        <td
          key={TITLES[at]}
          data-label={TITLES[at]}
          class={[at > 0 && 'number', isBad && 'bad'].filter(Boolean).join(' ')}
        >
          {text}
        </td>
      ))}
    </tr>
  )
}

const WORDS: Readonly<Record<Health, string>> = {
  ok: '',
  new: 'new',
  blocked: 'blocked',
  killed: 'killed',
  ended: 'ended',
}

function processText({ pid, threadId }: WorkerLife): string {
  return threadId > 0 ? `${pid}, thread ${threadId}` : String(pid)
}

function heartbeatText({ heartbeatAgeMs }: WorkerLife): string {
  return heartbeatAgeMs === null ? '–' : `${(heartbeatAgeMs / 1_000).toFixed(1)} s ago`
}

function describeLives(live: Live): string {
  const [starts, crashes, exits] = [
    'tutti_writer_starts_total',
    'tutti_writer_deaths_total',
    'tutti_writer_clean_exits_total',
  ].map(name => live.single(name))
  if (Number.isNaN(starts)) return ''
  return `${starts} started, ${crashes} crashed, ${exits} ended in order`
}

function describeTrouble(workers: readonly WorkerLife[]): string {
  return workers
    .map(worker => ({ worker, health: healthOf(worker) }))
    .filter(({ health }) => health === 'blocked' || health === 'killed')
    .map(({ worker, health }) => `Worker ${worker.worker} is ${health}.`)
    .join(' ')
}
