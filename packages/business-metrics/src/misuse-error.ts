/** What was wrong; stable, for programs to compare. */
export type MisuseCode =
  | 'TUTTI_CATALOG_INVALID'
  | 'TUTTI_METRIC_NAME_INVALID'
  | 'TUTTI_METRIC_NAME_CLASH'
  | 'TUTTI_METRIC_OPTION_INVALID'
  | 'TUTTI_LABEL_INVALID'
  | 'TUTTI_LABEL_IDENTITY'
  | 'TUTTI_TOO_MANY_SERIES'
  | 'TUTTI_CONFIGURATION_INVALID'

/**
 * A catalog, a metric or a configuration that can't be what its author meant. Thrown where it is defined, and
 * nowhere else: whatever happens while measuring is counted, not thrown. The message names the mend.
 */
export class MetricMisuseError extends Error {
  readonly code: MisuseCode

  constructor(code: MisuseCode, message: string) {
    super(message)
    this.name = 'MetricMisuseError'
    this.code = code
  }
}
