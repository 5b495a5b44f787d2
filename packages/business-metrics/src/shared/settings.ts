import { MetricMisuseError } from '../misuse-error.ts'
import { attendAgain } from './provider.ts'
import { shared } from './state.ts'

/** What can be changed while the app runs. What is left out stays as it is. */
export interface MetricsConfiguration {
  /** The master switch, `TUTTI_METRICS_ENABLED`. */
  readonly enabled?: boolean
  /** Groups that record nothing, `TUTTI_DISABLED_GROUPS`. Replaces the list. */
  readonly disabledGroups?: readonly string[]
  /** Updates that all metrics together may take a minute, `TUTTI_MAX_UPDATES_PER_MINUTE`; `Infinity`: no limit. */
  readonly maxUpdatesPerMinute?: number
  /** Series that all metrics together may have, `TUTTI_MAX_SERIES`. */
  readonly maxSeries?: number
  /** Told once of each kind of trouble; by default a warning of the process. */
  readonly warn?: (line: string) => void
}

/**
 * Switches and limits of all catalogs of this process, at once.
 *
 * Throws {@link MetricMisuseError} `TUTTI_CONFIGURATION_INVALID`.
 *
 * @example
 * configureMetrics({ disabledGroups: ['feeds'], maxUpdatesPerMinute: 1_000_000 })
 */
export function configureMetrics(configuration: MetricsConfiguration): void {
  const { enabled, disabledGroups, maxUpdatesPerMinute, maxSeries, warn } = configuration
  if (enabled !== undefined && typeof enabled !== 'boolean')
    throw wrong('enabled', 'is neither true nor false')
  if (disabledGroups !== undefined && !isListOfTexts(disabledGroups))
    throw wrong('disabledGroups', 'is no list of names')
  if (maxUpdatesPerMinute !== undefined && !isLimit(maxUpdatesPerMinute))
    throw wrong('maxUpdatesPerMinute', 'is neither a whole number from 0 nor Infinity')
  if (maxSeries !== undefined && !isLimit(maxSeries))
    throw wrong('maxSeries', 'is neither a whole number from 0 nor Infinity')
  if (warn !== undefined && typeof warn !== 'function') throw wrong('warn', 'is no function')

  const { switches, updates, series, voice } = shared
  if (enabled !== undefined) switches.isEnabled = enabled
  if (disabledGroups !== undefined) switches.disabledGroups = new Set(disabledGroups)
  if (maxUpdatesPerMinute !== undefined) updates.limit(maxUpdatesPerMinute)
  if (maxSeries !== undefined) series.limit = maxSeries
  if (warn !== undefined) voice.warn = warn
  for (const gate of shared.gates.values()) gate.adjust(switches)
  if (enabled !== undefined || disabledGroups !== undefined) attendAgain()
}

/** What holds now. */
export function metricsConfiguration(): Required<Omit<MetricsConfiguration, 'warn'>> {
  const { switches, updates, series } = shared
  return {
    enabled: switches.isEnabled,
    disabledGroups: [...switches.disabledGroups],
    maxUpdatesPerMinute: updates.perMinute,
    maxSeries: series.limit,
  }
}

function wrong(option: string, what: string): MetricMisuseError {
  return new MetricMisuseError('TUTTI_CONFIGURATION_INVALID', `configureMetrics: ${option} ${what}.`)
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
}

function isLimit(value: unknown): boolean {
  return value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) >= 0)
}
