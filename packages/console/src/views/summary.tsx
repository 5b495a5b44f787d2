import type { JSX } from 'preact'
import { ALL } from '../figures/route-figures.ts'
import { healthOf } from '../figures/worker-figures.ts'
import { inUnit } from '../format/by-unit.ts'
import type { LiveProps } from './app.tsx'
import { Sparkline } from './sparkline.tsx'

/** The five numbers that say whether all is well, each with how it was. */
export function Summary({ live }: LiveProps): JSX.Element {
  const { history, figures } = live
  const all = figures.routes.all
  const from = live.nowSeconds - live.windowSeconds
  const track = (name: string) => history.values(`route/${name}/${ALL}`, from)
  const running = live.workers.filter(({ state }) => state === 'running')
  const blocked = running.filter(each => healthOf(each) === 'blocked').length
  const crashes = live.single('tutti_writer_deaths_total')
  return (
    <dl class="summary">
      <Tile name="Requests" value={inUnit(all?.rate ?? Number.NaN, 'rate')} values={track('rate')} />
      <Tile
        name="Errors"
        value={inUnit(all?.errors ?? Number.NaN, 'ratio')}
        values={track('errors')}
        isBad={(all?.errors ?? 0) > 0.01}
      />
      <Tile name="p50" value={inUnit(all?.p50 ?? Number.NaN, 'seconds')} values={track('p50')} />
      <Tile name="p95" value={inUnit(all?.p95 ?? Number.NaN, 'seconds')} values={track('p95')} />
      <Tile name="p99" value={inUnit(all?.p99 ?? Number.NaN, 'seconds')} values={track('p99')} />
      <Tile
        name="Workers"
        value={`${running.length}`}
        note={
          [blocked > 0 && `${blocked} blocked`, crashes > 0 && `${crashes} crashed so far`]
            .filter(Boolean)
            .join(', ') || 'all alive'
        }
        isBad={blocked > 0}
      />
    </dl>
  )
}

interface TileProps {
  readonly name: string
  readonly value: string
  readonly values?: ArrayLike<number>
  readonly note?: string
  readonly isBad?: boolean
}

function Tile({ name, value, values, note, isBad = false }: TileProps): JSX.Element {
  return (
    <div class={isBad ? 'tile bad' : 'tile'}>
      <dt>{name}</dt>
      <dd>
        <span class="value">{value}</span>
        {values && <Sparkline values={values} />}
        {note && <span class="note">{note}</span>}
      </dd>
    </div>
  )
}
