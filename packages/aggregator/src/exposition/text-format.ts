import type { Exemplar } from '../segment/exemplar-cells.ts'
import { quoteName } from './escaping.ts'
import type { FamilyType } from './names.ts'
import type { Format } from './negotiate.ts'

/** What a header says of a family. */
export interface Described {
  readonly name: string
  readonly type: FamilyType
  readonly help: string
  readonly unit: string
  /** A counter's name without `_total`, if it may be called so. */
  readonly baseName: string | undefined
}

/** In what the text formats differ. */
export interface TextFormat {
  /** `# HELP`, `# TYPE` and so on of a family. */
  header(family: Described): string
  /** An upper bound as it stands in `le`. */
  bound(value: number): string
  /** Of which sample the value is when a series began; undefined where there is none. */
  createdName(family: Pick<Described, 'name' | 'type' | 'baseName'>): string | undefined
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
    return `# HELP ${quoted} ${escapeHelp(helpOf(help))}\n# TYPE ${quoted} ${type}\n`
  },
  bound: String,
  createdName: () => undefined,
  exemplar: undefined,
  pairsSumAndCount: false,
  end: '',
}

/** OpenMetrics 1.0.0: a counter's family is named without `_total`, floats are written as such, `# EOF` ends it. */
const OPEN_METRICS: TextFormat = {
  header({ name, type, help, unit, baseName }) {
    // A counter whose samples do not end in _total can't be one here (as in Prometheus' own client).
    const shown = type === 'counter' && baseName === undefined ? 'unknown' : type
    const family = baseName ?? name
    const quoted = quoteName(family, false)
    const unitLine = unit !== '' && family.endsWith(`_${unit}`) ? `# UNIT ${quoted} ${unit}\n` : ''
    const text = escapeHelp(helpOf(help)).replaceAll('"', '\\"')
    return `# TYPE ${quoted} ${shown}\n${unitLine}# HELP ${quoted} ${text}\n`
  },
  bound: value => (Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)),
  createdName({ name, type, baseName }) {
    const family = type === 'histogram' ? name : baseName
    return family && `${family}_created`
  },
  exemplar({ traceId, spanId, value, timeMs }) {
    const isTraced = /[^0]/.test(traceId)
    const labels = isTraced ? `trace_id="${traceId}",span_id="${spanId}"` : ''
    return ` # {${labels}} ${value} ${timeMs / 1_000}`
  },
  pairsSumAndCount: true,
  end: '# EOF\n',
}

/** Prometheus' linter wants a help text, and its parser takes blanks for none. */
export function helpOf(description: string): string {
  return description.trim() === '' ? 'description missing' : description
}

export function textFormat({ kind }: Format): TextFormat {
  return kind === 'openMetrics' ? OPEN_METRICS : PROMETHEUS
}

/** A help text escapes backslash and line feed. */
function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
