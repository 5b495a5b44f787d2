import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tutti/test-servers'
import { pinTo } from '../processes/pin.ts'
import { type Contestant, preloadArguments, preloadEnvironment } from './contestants.ts'
import { type Memory, memoryOf } from './memory-of.ts'

export interface Told {
  cpuMs: number
  modules: number
}

export interface Service {
  pid: number
  url: string
  /** Where its metrics are; undefined for the bare one. */
  pageUrl: string | undefined
  /** From the start of its process to when it listened. */
  wallMs: number
  /** What it told when it listened. */
  atListening: Told
  /** What it told a second later: what was only put off shows here. */
  later(): Promise<Told>
  /** Of all its processes. */
  memory(): Memory
  stop(): Promise<void>
}

export interface ServiceOptions {
  node: string
  /** A file of services/. */
  name: 'http' | 'fastify' | 'cluster'
  contestant: Contestant
  core: number | undefined
}

/** Starts one of the services and waits until it listens. */
export async function startService({ node, name, contestant, core }: ServiceOptions): Promise<Service> {
  const [port, pagePort] = [await freePort(), await freePort()]
  const file = fileURLToPath(new URL(`../../services/${name}.js`, import.meta.url))
  const command = [...pinTo(core), node, ...preloadArguments(contestant), file]
  const env = { ...cleanEnvironment(), ...preloadEnvironment(contestant, pagePort), PORT: String(port) }
  const start = performance.now()
  const child = spawn(command[0]!, command.slice(1), { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Told> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} with ${contestant} ended before it said how it started`)
    return JSON.parse(value)
  }
  const atListening = await next()
  return {
    pid: child.pid!,
    url: `http://127.0.0.1:${port}/hello`,
    pageUrl: contestant === 'bare' ? undefined : `http://127.0.0.1:${pagePort}/metrics`,
    wallMs: performance.now() - start,
    atListening,
    later: next,
    memory: () => memoryOf(child.pid!),
    stop: () => stop(child),
  }
}

/** Nothing of the shell that runs the benchmark may configure what is measured. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(OTEL_|TUTTI_|NODE_OPTIONS$)/
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name))
  return { ...Object.fromEntries(inherited), NODE_ENV: 'production' }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  // Upstream keeps a service alive after SIGTERM.
  const timer = setTimeout(() => child.kill('SIGKILL'), 1_000)
  await exited
  clearTimeout(timer)
}
