import type { Snapshot } from '../../snapshot/directory-reader.ts'
import type { SegmentReader } from '../../snapshot/segment-reader.ts'
import type { Death, Deaths } from './deaths.ts'
import { writerFigures } from './writer-figures.ts'

/** One writer, as `/-/workers` tells of it. */
export interface WorkerLife {
  readonly worker: number
  readonly pid: number
  readonly threadId: number
  readonly state: 'running' | 'ended' | 'killed'
  /** Since it began, or, of one that is no more, since it was found so. */
  readonly ageMs: number
  /** Since it last found time for an observation; grows while its event loop is blocked. */
  readonly heartbeatAgeMs: number | null
  readonly requests: number | null
  readonly errors: number | null
  /** Writers of this number that ended without saying so, while this exposer looked on. */
  readonly crashes: number
  /** Writers of this number that came after another one. */
  readonly restarts: number
}

/** The living by number, then the dead whose number nobody has again, those that died last first. */
export function workerLives({ segments }: Snapshot, deaths: Deaths, nowMs: number): WorkerLife[] {
  deaths.note(segments.filter(({ alive }) => !alive))
  const living = segments.filter(({ alive }) => alive).sort((a, b) => a.worker - b.worker)
  const taken = new Set(living.map(({ worker }) => worker))
  const dead = [...deaths.all()].filter(({ worker }) => !taken.has(worker)).sort((a, b) => b.atMs - a.atMs)
  return [
    ...living.map(segment => lifeOf(segment, deaths.of(segment.worker), nowMs)),
    ...dead.map(death => afterlifeOf(death, nowMs)),
  ]
}

function lifeOf(segment: SegmentReader, before: Death | undefined, nowMs: number): WorkerLife {
  const { worker, startTimeMs, heartbeatMs } = segment
  const { pid, threadId, requests, errors } = writerFigures(segment)
  return {
    ...{ worker, pid, threadId, state: 'running', requests, errors },
    ageMs: Math.max(0, nowMs - startTimeMs),
    heartbeatAgeMs: Math.max(0, nowMs - heartbeatMs),
    crashes: before?.crashes ?? 0,
    restarts: before?.endings ?? 0,
  }
}

function afterlifeOf(
  { worker, pid, threadId, state, atMs, crashes, endings }: Death,
  nowMs: number,
): WorkerLife {
  return {
    ...{ worker, pid, threadId, state, crashes, restarts: endings - 1 },
    ageMs: Math.max(0, nowMs - atMs),
    ...{ heartbeatAgeMs: null, requests: null, errors: null },
  }
}
