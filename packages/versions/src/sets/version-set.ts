/** Versions that are tested together. */
export interface VersionSet {
  /** What it is called by: `current`, `node20`. */
  name: string
  /** When it was last changed, `YYYY-MM-DD`. */
  date: string
  node: {
    /** The Node versions that it serves, a semver range. */
    range: string
    /** Those that it is tested on, exact, the oldest first. */
    versions: readonly string[]
  }
  /** Every OpenTelemetry package that Tutti brings, directly or not, and its exact version. */
  packages: Readonly<Record<string, string>>
  /** The libraries that Tutti records metrics of, by their name on npm, and the supported semver range. */
  libraries: Readonly<Record<string, string>>
}
