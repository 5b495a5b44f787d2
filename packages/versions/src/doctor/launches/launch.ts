import type { Edit, Place } from '../finding.ts'
import type { NodeCommand } from './node-command.ts'

export type LaunchKind = 'script' | 'dockerfile' | 'kubernetes' | 'compose' | 'ecs' | 'pm2' | 'procfile'

/** One way in which a service is started. */
export interface Launch extends Place {
  readonly kind: LaunchKind
  /** How it is called there: the script, the container, the app. */
  readonly label: string
  /** Undefined where the image's own command holds. */
  readonly command: NodeCommand | undefined
  readonly environment: Environment
  /** The image of a container, as it is named there. */
  readonly image?: string
  /** Others see its ports only where they are let out. */
  readonly ports: readonly Port[]
  /** Those with the same share a network, so ports are taken once; undefined: it has its own. */
  readonly network?: string
  /** Whether PM2 makes several processes of it, which share its ports. */
  readonly isCluster?: boolean
  /** Writes the preload into the command; absent where that can't be done safely. */
  readonly addPreload?: readonly Edit[]
}

export interface Port extends Place {
  readonly number: number
}

export interface Setting extends Place {
  /** Undefined where it is only known when it runs. */
  readonly value: string | undefined
}

export interface Environment {
  readonly settings: ReadonlyMap<string, Setting>
  /** False where more may be set elsewhere. */
  readonly isComplete: boolean
}

export function isContainer({ kind }: Pick<Launch, 'kind'>): boolean {
  return kind === 'dockerfile' || kind === 'kubernetes' || kind === 'compose' || kind === 'ecs'
}

/** Where the page of a process listens, as OpenTelemetry calls it. */
export const PAGE_HOST = 'OTEL_EXPORTER_PROMETHEUS_HOST'
export const PAGE_PORT = 'OTEL_EXPORTER_PROMETHEUS_PORT'

/** What a line itself sets; whoever runs it may set more. */
export function environmentOf({ variables }: NodeCommand, place: Place): Environment {
  const settings = Object.entries(variables).map(([name, value]) => [name, settingOf(value, place)] as const)
  return { settings: new Map(settings), isComplete: false }
}

/** The later ones win. */
export function mergeEnvironments(...all: readonly Environment[]): Environment {
  return {
    settings: new Map(all.flatMap(({ settings }) => [...settings])),
    isComplete: all.every(({ isComplete }) => isComplete),
  }
}

/** Values that hold a variable are not known. */
export function settingOf(value: unknown, place: Place): Setting {
  const text = value === null || value === undefined || typeof value === 'object' ? undefined : String(value)
  const isKnown = text !== undefined && !/\$\{?\w|\$\(/.test(text)
  return { value: isKnown ? text : undefined, file: place.file, line: place.line }
}
