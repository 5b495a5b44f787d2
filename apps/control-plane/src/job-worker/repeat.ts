import { pause } from '../process/pause.ts'

export interface Repeated {
  /** What it is called when there is trouble, such as "Rolling out". */
  title: string
  /** How long to wait when there was nothing more to do. */
  idleMs: number
  /** Resolves with whether there may be more to do at once. */
  work: () => Promise<boolean>
  onTrouble?: (error: unknown) => void
}

const troubleMs = 1_000

/** Works until the signal; what is in hand is finished. Trouble is said once, and again when it is over. */
export async function repeat(
  { title, idleMs, work, onTrouble }: Repeated,
  ending: AbortSignal,
): Promise<void> {
  let isTroubled = false
  while (!ending.aborted) {
    try {
      const hasMore = await work()
      if (isTroubled) console.error(`${title} goes on.`)
      isTroubled = false
      if (!hasMore) await pause(idleMs, ending)
    } catch (error) {
      onTrouble?.(error)
      if (!isTroubled) console.error(`${title} waits: ${error instanceof Error ? error.message : error}`)
      isTroubled = true
      await pause(troubleMs, ending)
    }
  }
}
