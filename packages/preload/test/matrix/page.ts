export interface Family {
  type: string
  samples: { name: string; labels: Record<string, string>; value: number }[]
  /** Its lines. */
  text: string
}

/** The page by family, as text 0.0.4 has it. */
export async function readFamilies(url: string): Promise<Map<string, Family>> {
  const response = await fetch(url)
  const families = new Map<string, Family>()
  for (const part of (await response.text()).split(/^(?=# HELP )/m)) {
    const [, name, type] = /^# TYPE (\S+) (\w+)$/m.exec(part) ?? []
    if (name === undefined || type === undefined) continue
    const samples = [...part.matchAll(/^([\w:]+)(?:\{(.*)\})? (\S+)$/gm)].map(
      ([, sample, labels, value]) => ({
        name: sample!,
        labels: Object.fromEntries(
          [...(labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]),
        ),
        value: Number(value),
      }),
    )
    families.set(name, { type, samples, text: part })
  }
  return families
}

/** `GET 200 /users/:id` -> 3, of the durations of requests. */
export function countRequests(families: Map<string, Family>): Record<string, number> {
  const { samples = [] } = families.get('http_server_request_duration_seconds') ?? {}
  return Object.fromEntries(
    samples
      .filter(({ name }) => name.endsWith('_count'))
      .map(({ labels, value }) => [describe(labels), value]),
  )
}

/** Of all series of a histogram together. */
export function totalOf(families: Map<string, Family>, name: string): { count: number; sum: number } {
  const { samples = [] } = families.get(name) ?? {}
  const add = (suffix: string): number =>
    samples.filter(sample => sample.name === name + suffix).reduce((sum, { value }) => sum + value, 0)
  return { count: add('_count'), sum: add('_sum') }
}

function describe(labels: Record<string, string>): string {
  const { http_request_method, http_response_status_code = '-', http_route = '-', error_type } = labels
  return [http_request_method, http_response_status_code, http_route, error_type].filter(Boolean).join(' ')
}
