import { useEffect, useReducer } from 'preact/hooks'
import type { Live } from '../live.ts'

/** Draws again when there is something new, at most once a frame. */
export function useLive(live: Live): void {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    let frame = 0
    const end = live.listen(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => drawAgain(undefined))
    })
    return () => {
      cancelAnimationFrame(frame)
      end()
    }
  }, [live])
}
