import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { classOf, findServer, type Redis } from './ioredis-commands.ts'
import { RedisBatch, type RedisMetrics } from './redis-metrics.ts'

const batchKey: unique symbol = Symbol('tutti.ioredis.batch')

interface Pipeline {
  redis: Redis
  _queue: { name: string }[]
  resolve(replies: unknown): void
  reject(error: unknown): void
  [batchKey]?: RedisBatch
}

type Exec = (this: Pipeline, ...args: unknown[]) => unknown

/** A pipeline's or transaction's own `resolve` and `reject` are wrapped, for the same reason as a command's. */
export function hookIoredisPipelines(
  { hook, warn }: InstrumentationContext,
  metrics: RedisMetrics,
): () => void {
  let stopped = false
  const settle = guard('ioredis', warn, (pipeline: Pipeline, replies: unknown, error: unknown) => {
    const batch = pipeline[batchKey]
    if (stopped || batch === undefined) return
    if (error !== undefined) batch.fail(error)
    // Each reply is a pair of an error and a value; the value of `exec` holds those of its commands.
    if (Array.isArray(replies)) for (const pair of replies) readPair(batch, pair)
    batch.record(findServer(metrics, pipeline.redis))
  })
  const watch = guard('ioredis', warn, (pipeline: Pipeline) => {
    // A transaction calls this twice, and a cluster again for a retry.
    if (stopped || pipeline[batchKey] !== undefined || pipeline._queue.length === 0) return
    const batch = new RedisBatch(pipeline._queue[0]!.name === 'multi' ? 'MULTI' : 'PIPELINE')
    for (const { name } of pipeline._queue) batch.add(name)
    pipeline[batchKey] = batch
    const { resolve, reject } = pipeline
    pipeline.resolve = replies => {
      settle(pipeline, replies, undefined)
      resolve(replies)
    }
    pipeline.reject = error => {
      settle(pipeline, undefined, error ?? new Error())
      reject(error)
    }
  })

  for (const file of ['built/Pipeline.js', 'built/pipeline.js']) {
    hook.onLoad('ioredis', file, exports => {
      const { prototype } = classOf<{ exec: Exec }>(exports)
      const exec = prototype.exec
      prototype.exec = function (...args) {
        watch(this)
        return exec.apply(this, args)
      }
    })
  }
  return () => {
    stopped = true
  }
}

function readPair(batch: RedisBatch, pair: unknown): void {
  if (!Array.isArray(pair)) return
  if (pair[0]) batch.fail(pair[0])
  batch.readReply(pair[1])
}
