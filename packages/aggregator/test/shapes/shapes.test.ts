import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { renderMetrics } from '@tutti/aggregator'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { removeDirectory } from '../remove-directory.ts'

const FRESH = { TUTTI_DIR: undefined, TUTTI_INHERITED: undefined }

test.each(['cluster', 'fork', 'spawn', 'threads'])(
  '%s: all find the directory that the first one chose, and what they counted outlives them',
  async shape => {
    const app = forkApp('shapes.ts', { ...FRESH, TEST_SHAPE: shape })
    const directory = await app.message<string>('directory')
    removeDirectory(directory)
    const page = async () => parsePlainly((await renderMetrics(directory)).body.toString())
    const counted = {
      'counted_total{who="first"}': 1,
      'counted_total{who="one"}': 1,
      'counted_total{who="two"}': 1,
    }
    expect(await page()).toMatchObject({ ...counted, tutti_writers: 3, tutti_writer_deaths_total: 0 })
    const ended = app.message('ended')
    app.child.send({ end: 0 })
    await ended
    expect(await page()).toMatchObject({
      ...counted,
      tutti_writers: 2,
      tutti_writer_starts_total: 3,
      tutti_writer_clean_exits_total: 0,
      tutti_writer_deaths_total: 1,
    })
    expect(app.output()).toBe('')
  },
)

test('a command that is over in a moment leaves its counts behind', async () => {
  const app = forkApp('shapes.ts', { ...FRESH, TEST_SHAPE: 'fork' })
  const directory = await app.message<string>('directory')
  removeDirectory(directory)
  const command = fileURLToPath(new URL('../apps/short-lived.ts', import.meta.url))
  const env = { ...process.env, TUTTI_DIR: directory, TEST_DIRECTORY: directory }
  for (let run = 0; run < 3; run++) await promisify(execFile)(process.execPath, [command], { env })
  expect(parsePlainly((await renderMetrics(directory)).body.toString())).toMatchObject({
    runs_total: 3,
    tutti_writers: 3,
    tutti_writer_starts_total: 6,
    tutti_writer_clean_exits_total: 3,
  })
})
