import { OPENTELEMETRY_VARIABLES } from './variable-table/opentelemetry.ts'
import { OUR_VARIABLES } from './variable-table/ours.ts'
import type { Variable } from './variable-table/variable.ts'

/**
 * The one list of variables. docs/reference/configuration.md is generated from it, the line at start prints from it,
 * and what is set but not in it, nor read by OpenTelemetry's own packages, is said to have no effect.
 */
export const VARIABLES: readonly Variable[] = [...OPENTELEMETRY_VARIABLES, ...OUR_VARIABLES]

/** What the preload tells its children; not for people. */
export const INTERNAL: readonly string[] = ['TUTTI_INHERITED', 'TUTTI_SERVICE_NAME']
