import { accessSync, constants, statSync } from 'node:fs'
import {
  type ContenderOptions,
  contendForExposer,
  type ExposerContender,
  exposerAddress,
} from '@tutti/aggregator'
import { isHeld, livingWriterCount } from '@tutti/aggregator/inspect'

export interface SidecarOptions {
  readonly directory: string
  /** How long to go on without writers, once there were some; undefined: for ever. */
  readonly lingerMs: number | undefined
  readonly options: Omit<ContenderOptions, 'directory'>
  readonly say: (line: string) => void
  readonly now?: () => number
}

/** How long a new service may take to be told of, before whoever serves the page is asked for. */
const OTHERS_AFTER_MS = 1_000

/** Stands for the exposer of a directory for as long as it is the same one: a directory may come late, or be replaced. */
export class Sidecar {
  readonly #given: SidecarOptions
  readonly #now: () => number
  #contender: ExposerContender | undefined
  /** Of the directory that is stood for. */
  #inode: bigint | undefined
  #contendsSinceMs = 0
  #isServing = false
  #said = ''
  #writersSeenMs: number | undefined
  isOver = false

  constructor(given: SidecarOptions) {
    this.#given = given
    this.#now = given.now ?? (() => performance.now())
  }

  /** Sees to it that what is served is the directory that is there now. Called several times a second. */
  async look(): Promise<void> {
    const { directory } = this.#given
    const inode = inodeOf(directory)
    if (inode !== this.#inode) await this.close()
    if (inode === undefined) this.#sayOnce(`waiting for ${directory}, which is not there yet`)
    else if (this.#contender === undefined) this.#contend(inode)
    else if (!this.#isServing) this.#sayWhoServes()
    this.#countWriters()
  }

  async close(): Promise<void> {
    const contender = this.#contender
    this.#contender = undefined
    this.#inode = undefined
    this.#isServing = false
    await contender?.close()
  }

  #contend(inode: bigint): void {
    const { directory, options, say } = this.#given
    const why = whyUnusable(directory)
    if (why !== undefined) return this.#sayOnce(why)
    this.#inode = inode
    this.#contendsSinceMs = this.#now()
    this.#contender = contendForExposer({
      ...options,
      directory,
      warn: say,
      onListening: url => {
        this.#isServing = true
        this.#sayOnce(`${directory} on ${url}`)
      },
      onEnd: () => {
        this.#isServing = false
      },
    })
  }

  #sayWhoServes(): void {
    const { directory } = this.#given
    if (this.#contender?.isElected || this.#now() - this.#contendsSinceMs < OTHERS_AFTER_MS) return
    if (isHeld(directory) !== true) return
    const url = exposerAddress(directory)
    this.#sayOnce(
      `another process serves ${directory}${url === undefined ? '' : ` on ${url}`}; this one takes over when it ends. ` +
        'To let this one serve, start the app with OTEL_METRICS_EXPORTER=none.',
    )
  }

  #countWriters(): void {
    const { directory, lingerMs, say } = this.#given
    if (lingerMs === undefined) return
    if (livingWriterCount(directory) > 0) this.#writersSeenMs = this.#now()
    if (this.#writersSeenMs === undefined || this.#now() - this.#writersSeenMs < lingerMs) return
    say(`the last writer of ${directory} ended ${lingerMs / 1_000} s ago: done`)
    this.isOver = true
  }

  #sayOnce(line: string): void {
    if (line !== this.#said) this.#given.say(line)
    this.#said = line
  }
}

function inodeOf(directory: string): bigint | undefined {
  try {
    const stat = statSync(directory, { bigint: true })
    return stat.isDirectory() ? stat.ino : undefined
  } catch {
    return undefined
  }
}

/** The directory belongs to the app's user alone, and locks are files in it. */
function whyUnusable(directory: string): string | undefined {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    const user = statSync(directory, { throwIfNoEntry: false })?.uid
    return (
      `${directory} belongs to user ${user} and this process runs as ${process.getuid?.()}. Run both as the same ` +
      'user, in Kubernetes with runAsUser; trying again'
    )
  }
}
