import type { MonitoringFile, MonitoringOptions, Thresholds } from '@tutti/monitoring'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { readCatalogs } from './catalogs.ts'
import { loadMonitoring, type Monitoring } from './load.ts'

/** Everything that is made for the service that the command line describes. Throws {@link Failure}. */
export async function build(given: Given): Promise<{ job: string; files: MonitoringFile[] }> {
  const job = given.text('job')
  if (job === undefined)
    throw new Failure('no job is named. Give the label "job" of the service\'s targets: --job checkout.')
  const monitoring = await loadMonitoring()
  const said = {
    ...{ job, title: given.text('title'), team: given.text('team'), namespace: given.text('namespace') },
    runbookBaseUrl: given.text('runbooks'),
    thresholds: thresholds(given, monitoring),
    catalogs: await readCatalogs(given.operands, given.text('export')),
  }
  const options = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  try {
    return { job, files: monitoring.buildMonitoring(options as unknown as MonitoringOptions) }
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(error.message)
    throw error
  }
}

function thresholds(given: Given, { defaultThresholds }: Monitoring): Partial<Thresholds> {
  return Object.fromEntries(
    given.list('threshold').map(text => {
      const [name, value] = text.split('=', 2)
      if (!Object.hasOwn(defaultThresholds, name)) {
        const known = Object.entries(defaultThresholds).map(([each, usual]) => `${each}=${usual}`)
        throw new Failure(`there is no threshold ${JSON.stringify(name)}. Give one of ${known.join(', ')}.`)
      }
      const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value)
      if (number >= 0) return [name, number]
      throw new Failure(
        `--threshold is ${JSON.stringify(text)}. Give a number from 0: --threshold ${name}=1.`,
      )
    }),
  )
}
