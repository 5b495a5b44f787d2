import type { Complaint } from './name-rules.ts'

/** Prometheus gives these to every target; a metric's own becomes `exported_job`. */
const TARGET_LABELS = new Set(['job', 'instance'])

/** What a label's name on the page should be. `le` and `quantile` belong to histograms and summaries. */
export function complaintsOfLabel(label: string, type: string): Complaint[] {
  const reserved = whyReserved(label, type)
  if (reserved !== undefined)
    return [{ code: 'label-reserved', problem: `label ${label} ${reserved}`, mend: 'Give it another name.' }]
  if (/^[a-z_][a-z0-9_]*$/.test(label)) return []
  const problem = `label ${label} has ${/^\w+$/.test(label) ? 'capital letters' : 'characters that not every tool takes'}`
  return [{ code: 'label-characters', problem, mend: 'Use small letters, digits and underscores.' }]
}

function whyReserved(label: string, type: string): string | undefined {
  if (label.startsWith('__')) return 'begins with two underscores, which is for Prometheus alone'
  if (TARGET_LABELS.has(label)) return 'is given by Prometheus to every target; yours becomes exported_ there'
  if (label === 'le' && type !== 'histogram' && type !== 'gaugehistogram') return "is a histogram's"
  if (label === 'quantile' && type !== 'summary') return "is a summary's"
  return undefined
}

const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i
const TOKEN = /^(?:[0-9a-f]{24,}|eyJ[\w-]+\.[\w-]+\..*)$/i
const EPOCH = /^1[5-9]\d{8}(?:\d{3})?$/
const WITH_ID = /\/(?:\d{4,}|[0-9a-f]{8}-[0-9a-f-]{27})(?:\/|$)/i

/** Whether a value is one of ever more: an id, an address, a token, a moment. */
export function looksLikeIdentifier(value: string): string | undefined {
  if (UUID.test(value)) return 'a UUID'
  if (EMAIL.test(value)) return 'an e-mail address'
  if (TOKEN.test(value)) return 'a token'
  if (EPOCH.test(value)) return 'a time'
  return WITH_ID.test(value) ? 'a path with an id' : undefined
}
