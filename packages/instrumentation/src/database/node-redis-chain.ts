import type { Server } from './duration.ts'
import { RedisBatch } from './redis-metrics.ts'

/** Commands that node-redis sends under one id: one pipeline or one transaction. */
export interface Chain {
  id: symbol
  batch: RedisBatch
  pending: number
  multi: boolean
}

/** The last chain of a connection. */
export interface LatestChain {
  chain?: Chain
}

/** A command's chain, if it is in one; all commands of a chain are sent in the same turn, so they meet here. */
export function joinChain(latest: LatestChain, id: symbol, command: string): Chain | undefined {
  let { chain } = latest
  if (chain?.id !== id) {
    const multi = command === 'MULTI'
    // A chain that is neither is a command with an ASKING before it, in a cluster.
    if (!multi && id.description !== 'Pipeline Chain') return undefined
    chain = { id, batch: new RedisBatch(multi ? 'MULTI' : 'PIPELINE'), pending: 0, multi }
    latest.chain = chain
  }
  chain.pending++
  chain.batch.add(command)
  return chain
}

export function settleChained(server: Server, chain: Chain, reply: unknown, error: unknown): void {
  if (error !== undefined) chain.batch.fail(error)
  chain.batch.readReply(reply)
  if (--chain.pending === 0) chain.batch.record(server)
}
