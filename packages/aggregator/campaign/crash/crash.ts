import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Libc } from '../../src/segment/libc.ts'
import { requireLibc } from '../../test/libc.ts'
import type { Surroundings } from '../campaign.ts'
import { Random } from '../random.ts'
import { NOTE, NOTES_BYTES } from './dying.ts'
import { examine } from './examine.ts'
import { makeTemplate, setScene, type Template } from './scene.ts'

export interface CrashOptions extends Surroundings {
  /** Kills at a step: every `stride`-th, before and after; 1 is all of them. */
  readonly stride: number
  /** Kills at any moment, by a clock. */
  readonly timedKills: number
}

/** How one process dies. */
export interface Kill {
  readonly store: 'mapped' | 'heap'
  /** Without another writer it begins a new run and clears the ended one away. */
  readonly alone: boolean
  /** As kill-at-step.cjs reads it. */
  readonly step: string
}

const CHILDREN_AT_ONCE = 3
const SCENES = [
  { store: 'mapped', alone: false },
  { store: 'mapped', alone: true },
  { store: 'heap', alone: false },
] as const

/** Kills processes at every step of what they do, and looks at what they leave. Returns how many were killed. */
export async function crash(options: CrashOptions): Promise<number> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const libc = requireLibc()
  const template = makeTemplate(options.directory)
  const kills = await listKills(options, template, libc)
  let next = 0
  const runs = Array.from({ length: CHILDREN_AT_ONCE }, async () => {
    while (next < kills.length) {
      const number = next++
      const kill = kills[number]
      try {
        await run(join(options.directory, String(number)), kill, template, libc)
      } catch (error) {
        options.failed(JSON.stringify(kill), error as Error)
      }
    }
  })
  await Promise.all(runs)
  rmSync(options.directory, { recursive: true, force: true })
  return kills.length
}

/** One run that is not killed tells how many steps there are. */
async function listKills(options: CrashOptions, template: Template, libc: Libc): Promise<Kill[]> {
  const random = new Random(options.seed)
  const kills: Kill[] = []
  for (const scene of SCENES) {
    const whole = { ...scene, step: '0 never' }
    const { steps, tookUs } = await run(join(options.directory, 'whole'), whole, template, libc)
    for (let step = 1 + random.below(options.stride); step <= steps; step += options.stride) {
      for (const when of ['before', 'after']) kills.push({ ...scene, step: `${step} ${when}` })
    }
    for (let timed = 0; timed < options.timedKills / SCENES.length; timed++)
      kills.push({ ...scene, step: `${random.below(tookUs)} us` })
  }
  return kills
}

/** Lets one process live and die in a directory of its own, and examines the directory. */
async function run(
  scene: string,
  { store, alone, step }: Kill,
  template: Template,
  libc: Libc,
): Promise<{ steps: number; tookUs: number }> {
  mkdirSync(scene)
  const directory = join(scene, 'segments')
  const notesPath = join(scene, 'notes')
  writeFileSync(notesPath, Buffer.alloc(NOTES_BYTES))
  const endLiving = setScene(template, directory, libc)
  if (alone) endLiving()
  try {
    const env = {
      ...{ TEST_DIRECTORY: directory, TEST_NOTES: notesPath, TEST_STEP: step, TEST_STORE: store },
      // What those that were not killed have compiled, all others find: most of their time would go there.
      NODE_COMPILE_CACHE: join(dirname(scene), 'compiled'),
    }
    const output = await live(env, step === '0 never' ? 'exit' : 'SIGKILL')
    if (output !== '') throw new Error(`it said: ${output}`)
    const notes = new Float64Array(new Uint8Array(readFileSync(notesPath)).buffer)
    examine(directory, { store, alone, isTimed: step.endsWith('us') }, notes, template.totals, libc)
    rmSync(scene, { recursive: true })
    return { steps: notes[NOTE.steps], tookUs: TYPICAL_US }
  } finally {
    if (!alone) endLiving()
  }
}

/** How long the process works, about, without its start. */
const TYPICAL_US = 30_000
const PRELOAD = fileURLToPath(new URL('../../test/apps/kill-at-step.cjs', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../../test/apps/dies.ts', import.meta.url))

/** Returns what it said. One that is killed by the clock may be done before. */
async function live(env: Record<string, string>, expected: 'exit' | 'SIGKILL'): Promise<string> {
  const child = spawn(process.execPath, ['--require', PRELOAD, PROGRAM], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (output += chunk))
  const [code, signal] = await once(child, 'close')
  const isExpected =
    expected === 'exit' || env.TEST_STEP.endsWith('us')
      ? code === 0 || signal === 'SIGKILL'
      : signal === expected
  if (!isExpected) throw new Error(`it ended with ${code ?? signal}: ${output}`)
  return output
}
