import { answerQuestions } from '../processes/answer.ts'
import { loadPromClient } from '../prom-client-api.ts'
import { observedValue, valuesIn } from './series.ts'

/** One of the fleet's processes: `node member.mjs <peer> <member> <series>`. It records a round whenever the fleet asks it to. */
export type RecordValue = (value: number, series: number) => void

const starts: { [peer: string]: (series: number) => Promise<RecordValue> } = {
  tutti: async series => (await import('./tutti.ts')).startTuttiMember(series),
  'prom-client': series => startPromClientMember('prom-client', series),
  'prometheus-io': series => startPromClientMember('prometheus-io', series),
}

async function startPromClientMember(
  peer: 'prom-client' | 'prometheus-io',
  series: number,
): Promise<RecordValue> {
  const client = await loadPromClient[peer]()
  return (await import('./prom-client.ts')).startPromClientMember(client, series)
}

const [peer, member, series] = process.argv.slice(2)
const record = await starts[peer](Number(series))

answerQuestions(
  {
    record(round: number) {
      for (let one = 0; one < Number(series); one++) {
        for (let index = 0; index < valuesIn(round); index++) {
          record(observedValue(Number(member), one, round, index), one)
        }
      }
    },
  },
  () => {},
)
