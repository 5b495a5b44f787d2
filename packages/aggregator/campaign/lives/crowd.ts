import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Random } from '../random.ts'
import { forgetClock, setClock, withClock } from './clocks.ts'

/** One process from its start to its end. */
export interface Life {
  readonly number: number
  readonly child: ChildProcess
  readonly notes: string
  /** The file that sets its clock, when it has one of its own. */
  readonly clock: string | undefined
  readonly ended: Promise<unknown>
}

export interface CrowdOptions {
  /** Made, with the notes and clocks of all in it. */
  readonly scene: string
  /** Where they count. */
  readonly directory: string
  readonly random: Random
  /** Some get a clock of their own by this library. */
  readonly clockLibrary?: string
  /** Whether they contend for serving the page. */
  readonly exposes: boolean
  /** Another version's writer.ts. */
  readonly program?: string
}

const PROGRAM = fileURLToPath(new URL('writer.ts', import.meta.url))
const LAST_PID = '/proc/sys/kernel/ns_last_pid'

/** The living writers of one directory, and how they come and go. */
export class Crowd {
  readonly living: Life[] = []
  readonly directory: string
  readonly notes: string
  readonly warnings: Set<string> = new Set()
  /** How many processes got the process id of one that had been killed. */
  reusedPids = 0
  lives = 0
  readonly #options: CrowdOptions

  constructor(options: CrowdOptions) {
    this.#options = options
    this.directory = options.directory
    this.notes = join(options.scene, 'notes')
    mkdirSync(this.notes, { recursive: true })
  }

  /** @param pid of somebody who is no more: the new one is given it, if the kernel lets us choose. */
  start(pid?: number): Life {
    const number = this.lives++
    const notes = join(this.notes, String(number))
    const { scene, random, clockLibrary, exposes, program } = this.#options
    const hasClock = clockLibrary !== undefined && number > 0 && random.chance(1 / 3)
    const clock = hasClock ? join(scene, `clock-${number}`) : undefined
    if (clock !== undefined) setClock(clock, random)
    if (pid !== undefined) choosePid(pid)
    const child = fork(program ?? PROGRAM, {
      env: {
        ...{ ...process.env, NODE_OPTIONS: '', TEST_DIRECTORY: this.directory, TEST_NOTES: notes },
        // Two thirds of a short life would be spent on compiling.
        ...{
          TEST_LIFE: String(number),
          TEST_EXPOSES: exposes ? 'yes' : '',
          NODE_COMPILE_CACHE: join(scene, '..', 'compiled'),
        },
        ...(clock === undefined ? {} : withClock(clockLibrary!, clock)),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    if (child.pid === pid) this.reusedPids++
    child.on('message', (message: { warning?: string }) => {
      if (message.warning !== undefined) this.warnings.add(message.warning)
    })
    const life = { number, child, notes, clock, ended: once(child, 'exit') }
    this.living.push(life)
    return life
  }

  /** @returns the process id that is free again. */
  async end(life: Life, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | undefined> {
    this.living.splice(this.living.indexOf(life), 1)
    life.child.kill(signal)
    await life.ended
    if (life.clock !== undefined) forgetClock(life.child.pid)
    return life.child.pid
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.living].map(life => this.end(life, 'SIGKILL')))
  }
}

/** The kernel gives the next process the number after this one, unless somebody else is quicker. Root only. */
function choosePid(pid: number): void {
  try {
    writeFileSync(LAST_PID, String(pid - 1))
  } catch {
    // Not ours to choose.
  }
}
