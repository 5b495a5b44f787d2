import type { Exemplar } from '../segment/exemplar-cells.ts'
import { quoteName } from './escaping.ts'
import type { FamilyType } from './names.ts'
import type { Format } from './negotiate.ts'

/** In what the text formats differ. */
export interface TextFormat {
  /** `# HELP`, `# TYPE` and so on of a family. */
  header(family: { name: string; type: FamilyType; help: string; unit: string }): string
  /** An upper bound as it stands in `le`. */
  bound(value: number): string
  /** Of which sample the value is when a series began; undefined where there is none. */
  createdName(family: { name: string; type: FamilyType }): string | undefined
  /** What follows a number whose measurement left an exemplar; undefined where the format has none. */
  readonly exemplar: ((exemplar: Exemplar) => string) | undefined
  /** Whether a histogram without a sum has no count either. */
  readonly pairsSumAndCount: boolean
  /** What ends the page. */
  readonly end: string
}

/** Prometheus' text format, versions 0.0.4 and 1.0.0 (which may quote names). */
const PROMETHEUS: TextFormat = {
  header({ name, type, help }) {
    const quoted = quoteName(name, false)
    return `# HELP ${quoted} ${escapeHelp(help || NO_HELP)}\n# TYPE ${quoted} ${type}\n`
  },
  bound: String,
  createdName: () => undefined,
  exemplar: undefined,
  pairsSumAndCount: false,
  end: '',
}

/** OpenMetrics 1.0.0: a counter's family is named without `_total`, floats are written as such, `# EOF` ends it. */
const OPEN_METRICS: TextFormat = {
  header({ name, type, help, unit }) {
    const isCounter = type === 'counter'
    // A counter whose samples do not end in _total can't be one here (as in Prometheus' own client).
    const shown = isCounter && !name.endsWith('_total') ? 'unknown' : type
    const quoted = quoteName(isCounter ? name.replace(/_total$/, '') : name, false)
    const unitLine = unit === '' ? '' : `# UNIT ${quoted} ${unit}\n`
    const text = escapeHelp(help || NO_HELP).replaceAll('"', '\\"')
    return `# TYPE ${quoted} ${shown}\n${unitLine}# HELP ${quoted} ${text}\n`
  },
  bound: value => (Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)),
  createdName({ name, type }) {
    if (type === 'histogram') return `${name}_created`
    const isCounter = type === 'counter' && name.endsWith('_total')
    return isCounter ? name.replace(/_total$/, '_created') : undefined
  },
  exemplar({ traceId, spanId, value, timeMs }) {
    const isTraced = /[^0]/.test(traceId)
    const labels = isTraced ? `trace_id="${traceId}",span_id="${spanId}"` : ''
    return ` # {${labels}} ${value} ${timeMs / 1_000}`
  },
  pairsSumAndCount: true,
  end: '# EOF\n',
}

/** What stands for a missing description; Prometheus' linter wants a help text. */
export const NO_HELP = 'description missing'

export function textFormat({ kind }: Format): TextFormat {
  return kind === 'openMetrics' ? OPEN_METRICS : PROMETHEUS
}

/** A help text escapes backslash and line feed. */
function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
