/** As Grafana gives them to series, in turn. */
export const palette = [
  ...['#73bf69', '#f2cc0c', '#8ab8ff', '#ff780a', '#f2495c', '#5794f2', '#b877d9', '#705da0', '#37872d'],
  ...['#fade2a', '#447ebc', '#c15c17', '#890f02', '#0a437c', '#6d1f62', '#584477', '#b7dbab', '#f4d598'],
]

export const named: Record<string, string> = {
  green: '#73bf69',
  yellow: '#f2cc0c',
  red: '#f2495c',
  text: '#ccccdc',
  blue: '#5794f2',
}

export const faint = 'rgba(204, 204, 220, 0.08)'
export const label = '#9fa7b3'

export function colourAt(index: number): string {
  return palette[index % palette.length]!
}

/** The colour of the last step that the value has reached. */
export function colourOf(value: number, steps: { value: number | null; color: string }[]): string {
  const reached = steps.filter(step => step.value === null || value >= step.value).at(-1)
  return named[reached?.color ?? 'green'] ?? named.green!
}

/** Whether a canvas shows that colour anywhere. */
export function shows(canvas: HTMLCanvasElement, colour: string): boolean {
  const wanted = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3]! > 90 && wanted.every((value, index) => Math.abs(data[at + index]! - value) < 24))
      return true
  return false
}
