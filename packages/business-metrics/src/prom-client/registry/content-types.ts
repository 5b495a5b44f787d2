import type { OpenMetricsContentType, PrometheusContentType } from '../types.ts'

export const PROMETHEUS: PrometheusContentType = 'text/plain; version=0.0.4; charset=utf-8'
export const OPENMETRICS: OpenMetricsContentType =
  'application/openmetrics-text; version=1.0.0; charset=utf-8'

export function isContentType(contentType: string): boolean {
  return contentType === PROMETHEUS || contentType === OPENMETRICS
}
