/** What a page is written in. */
export interface Format {
  readonly kind: 'text' | 'openMetrics' | 'protobuf'
  /** How names that are not plain Prometheus names are written for this client. */
  readonly escaping: Escaping
  readonly contentType: string
}

/**
 * Prometheus' escaping schemes: as they are, in quotes; every other character an underscore; dots doubled into
 * words; or every other character as its code point.
 */
export type Escaping = 'allow-utf-8' | 'underscores' | 'dots' | 'values'

interface Offer {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
  readonly quality: number
}

const ESCAPINGS: ReadonlySet<string> = new Set<Escaping>(['allow-utf-8', 'underscores', 'dots', 'values'])
const PROTOBUF_MESSAGE = 'io.prometheus.client.MetricFamily'
/** An Accept header longer than this is not looked at further. */
const MAX_OFFERS = 32

/**
 * The format that an HTTP `Accept` header asks for, by its quality values and, among equals, its order. What it
 * asks for and we have not is passed over; without anything that we have it is text 0.0.4, as in Prometheus'
 * own client ("content negotiation" in Prometheus' documentation).
 */
export function negotiate(accept: string | undefined): Format {
  const offers = offersIn(accept)
  // Sorting is stable: equals stay in the client's order.
  for (const offer of offers.toSorted((a, b) => b.quality - a.quality)) {
    const format = offer.quality > 0 ? formatFor(offer) : undefined
    if (format !== undefined) return format
  }
  return PLAIN_TEXT
}

/**
 * Whether an HTTP `Accept-Encoding` header asks for gzip: by its name before `*`, and not if it would rather have the
 * page as it is (RFC 9110, section 12.5.3).
 */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const qualities = new Map(offersIn(acceptEncoding).map(({ type, quality }) => [type, quality]))
  const quality = qualities.get('gzip') ?? qualities.get('x-gzip') ?? qualities.get('*') ?? 0
  return quality > 0 && quality >= (qualities.get('identity') ?? 0)
}

function offersIn(header: string | undefined): Offer[] {
  return (header ?? '').split(',', MAX_OFFERS).map(parseOffer)
}

function formatFor({ type, parameters }: Offer): Format | undefined {
  const version = parameters.get('version')
  const escaping = escapingFor(parameters.get('escaping'), version)
  switch (type) {
    case 'application/vnd.google.protobuf': {
      const isDelimited =
        parameters.get('proto') === PROTOBUF_MESSAGE && parameters.get('encoding') === 'delimited'
      return isDelimited ? protobuf(escaping) : undefined
    }
    case 'application/openmetrics-text':
      if (version !== undefined && version !== '0.0.1' && version !== '1.0.0') return undefined
      return openMetrics(version ?? '1.0.0', escaping)
    case 'text/plain':
      if (version === '1.0.0') return text(version, escaping)
      return version === undefined || version === '0.0.4' ? text('0.0.4', escaping) : undefined
    case 'text/*':
    case '*/*':
      return PLAIN_TEXT
    default:
      return undefined
  }
}

/** Quoted names came with version 1.0.0 of each format; whoever asks for less can't read them. */
function escapingFor(asked: string | undefined, version: string | undefined): Escaping {
  if (asked === undefined || !ESCAPINGS.has(asked)) return 'underscores'
  if (asked === 'allow-utf-8' && (version === '0.0.4' || version === '0.0.1')) return 'underscores'
  return asked as Escaping
}

function text(version: string, escaping: Escaping): Format {
  const named = version === '0.0.4' && escaping === 'underscores' ? '' : `; escaping=${escaping}`
  return { kind: 'text', escaping, contentType: `text/plain; version=${version}; charset=utf-8${named}` }
}

function openMetrics(version: string, escaping: Escaping): Format {
  const contentType = `application/openmetrics-text; version=${version}; charset=utf-8; escaping=${escaping}`
  return { kind: 'openMetrics', escaping, contentType }
}

function protobuf(escaping: Escaping): Format {
  const type = `application/vnd.google.protobuf; proto=${PROTOBUF_MESSAGE}; encoding=delimited; escaping=${escaping}`
  return { kind: 'protobuf', escaping, contentType: type }
}

export const PLAIN_TEXT: Format = text('0.0.4', 'underscores')

function parseOffer(offer: string): Offer {
  const [type, ...rest] = offer.split(';').map(part => part.trim())
  const parameters = new Map(
    rest.map(parameter => {
      const [name, value = ''] = parameter.split('=', 2)
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')]
    }),
  )
  const quality = Number(parameters.get('q') ?? 1)
  return { type: type.toLowerCase(), parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}
