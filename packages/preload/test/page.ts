import type { Running } from './process.ts'

/** Where the page is, by the preload's one line. */
export async function pageUrl(app: Running): Promise<string> {
  const [, url] = await app.says('stderr', /metrics on (http:\S+)/)
  return url!
}

/** `app:visits_total{place="main"}` -> value; labels of the scope left out. */
export async function readPage(app: Running): Promise<Record<string, number>> {
  return readPageAt(await pageUrl(app))
}

export async function readPageAt(url: string): Promise<Record<string, number>> {
  const response = await fetch(url)
  const samples: Record<string, number> = {}
  for (const line of (await response.text()).split('\n')) {
    const [, name, labels = '', value] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name === undefined) continue
    const kept = labels.split(/,(?=\w+=")/).filter(label => label !== '' && !label.startsWith('otel_scope_'))
    samples[kept.length === 0 ? name : `${name}{${kept.join(',')}}`] = Number(value)
  }
  return samples
}

/** Reads the page until it holds what is expected, which other processes may take a moment to record. */
export async function waitForPage(
  app: Running,
  holds: (samples: Record<string, number>) => boolean,
): Promise<Record<string, number>> {
  let samples: Record<string, number> = {}
  for (let attempt = 0; attempt < 600; attempt++) {
    samples = await readPage(app)
    if (holds(samples)) return samples
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`the page never held what was expected:\n${JSON.stringify(samples, null, 1)}`)
}
