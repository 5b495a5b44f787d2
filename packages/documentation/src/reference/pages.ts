import { apiPages } from './api.ts'
import { cliPage } from './cli.ts'
import { metricsPage } from './metrics-page.ts'
import type { ReferencePage } from './page.ts'
import { segmentFormatPage } from './segment-format.ts'

/** Every page of docs/ that this package makes. */
export async function referencePages(): Promise<ReferencePage[]> {
  return [cliPage(), segmentFormatPage(), await metricsPage(), ...(await apiPages())]
}
