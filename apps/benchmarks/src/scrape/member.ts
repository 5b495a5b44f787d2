import { answerQuestions } from '../processes/answer.ts'
import { observedValue, seriesCount, valuesIn } from './series.ts'

/** One of the fleet's processes: `node member.mjs <peer> <member>`. It records a round whenever the fleet asks it to. */
type RecordValue = (value: number, series: number) => void

const starts: { [peer: string]: () => Promise<RecordValue> } = {
  tutti: async () => (await import('./tutti.ts')).startTuttiMember(),
  'prom-client': async () => {
    const client = await import('prom-client')
    return (await import('./prom-client.ts')).startPromClientMember(client.default)
  },
  'prometheus-io': async () => {
    const client = await import('@prometheus-io/client')
    return (await import('./prom-client.ts')).startPromClientMember(client.default as never)
  },
}

const [peer, member] = process.argv.slice(2)
const record = await starts[peer]()

answerQuestions(
  {
    record(round: number) {
      for (let series = 0; series < seriesCount; series++) {
        for (let index = 0; index < valuesIn(round); index++) {
          record(observedValue(Number(member), series, round, index), series)
        }
      }
    },
  },
  () => {},
)
