import { catalogMarkdown } from '@tutti/business-metrics'
import { catalog } from '../src/metrics/catalog.ts'

/** The page of docs that says what the control plane measures. */
export function renderReference(): string {
  return catalogMarkdown(catalog.describe())
}
