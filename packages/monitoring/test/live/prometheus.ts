export interface Sample {
  labels: Record<string, string>
  value: number
}

/** Asks Prometheus; throws what it says about a query that it can not run. */
export async function ask(url: string, expr: string): Promise<Sample[]> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: expr }),
  })
  const { data, error } = (await response.json()) as {
    data?: {
      result: { metric: Record<string, string>; value: [number, string] }[] | [number, string]
      resultType: string
    }
    error?: string
  }
  if (data === undefined) throw new Error(`${error} in ${expr}`)
  if (data.resultType === 'scalar') return [{ labels: {}, value: Number(data.result[1]) }]
  const result = data.result as { metric: Record<string, string>; value: [number, string] }[]
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
}
