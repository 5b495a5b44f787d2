import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { chooseSource, describeSource } from '../../source/source.ts'
import { print } from '../../terminal/print.ts'
import { untilSignal } from '../../terminal/until-signal.ts'
import { SORTS } from './command.ts'
import { picture } from './picture.ts'
import { type Sample, type Sampler, sampler } from './sample.ts'
import { Screen } from './screen.ts'

export async function run(given: Given): Promise<ExitCode> {
  const source = chooseSource(given.operands[0])
  if (source.kind === 'file' || source.kind === 'stdin')
    throw new Failure('a page that does not change has no rates. Name a directory, a service or a URL.')
  const intervalMs = (given.number('interval', { min: 0.2, max: 3_600, whole: false }) ?? 2) * 1_000
  const sort = given.text('sort') ?? SORTS[0]
  const title = describeSource(source)
  const take = sampler(source, given)
  const first = await take.sample()
  const isLive = process.stdout.isTTY === true && process.stdin.isTTY === true && !given.isOn('once')
  try {
    if (isLive) await live(take, first, { intervalMs, sort, title })
    else print(await once(take, first, { intervalMs, sort, title }))
    return EXIT.ok
  } finally {
    take.close()
  }
}

interface Shown {
  readonly intervalMs: number
  readonly sort: string
  readonly title: string
}

async function once(take: Sampler, first: Sample, { intervalMs, sort, title }: Shown): Promise<string> {
  await untilSignal().within(intervalMs)
  const size = { columns: process.stdout.columns ?? 160, rows: Number.POSITIVE_INFINITY }
  return picture({ title, sort, before: first, now: await take.sample(), size }).join('\n')
}

/** Draws until a key or a signal ends it. A source that is away for a while is waited for. */
async function live(take: Sampler, first: Sample, { intervalMs, title, ...shown }: Shown): Promise<void> {
  let { sort } = shown
  let [before, now] = [first, first]
  let isPaused = false
  let trouble = ''
  const screen = new Screen()
  const draw = () =>
    screen.draw(picture({ title, sort, before, now, size: screen.size(), isPaused, trouble, isLive: true }))
  const ended = screen.open({
    onResize: draw,
    onKey(key) {
      if (key === 's') sort = SORTS[(SORTS.indexOf(sort) + 1) % SORTS.length]
      if (key === 'p' || key === ' ') isPaused = !isPaused
      draw()
    },
  })
  try {
    draw()
    while (!(await ended.within(intervalMs))) {
      if (isPaused) continue
      try {
        const next = await take.sample()
        ;[before, now] = [now, next]
        trouble = ''
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        trouble = error.message
      }
      draw()
    }
  } finally {
    screen.close()
  }
}
