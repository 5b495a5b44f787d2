import type { JSX } from 'preact'
import { sparkline } from '../charts/sparkline.ts'

const WIDTH = 96
const HEIGHT = 24

/** What the numbers beside it were before: nothing that is not said there, so it is not read out. */
export function Sparkline({ values }: { readonly values: ArrayLike<number> }): JSX.Element {
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {sparkline(values, WIDTH, HEIGHT).map((points, at) => (
        <polyline key={at} points={points} />
      ))}
    </svg>
  )
}
