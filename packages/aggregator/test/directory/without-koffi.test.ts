import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const withoutKoffi = ['--require', fileURLToPath(new URL('../apps/without-koffi.cjs', import.meta.url))]

test('without koffi one line says what is weaker, and every process is on the page all the same', async () => {
  const env = { TEST_DIRECTORY: temporaryDirectory() }
  const first = forkApp('contender.ts', env, withoutKoffi)
  const url = await first.message<string>('url')
  const second = forkApp('contender.ts', { ...env, TEST_PORT: new URL(url).port }, withoutKoffi)
  await second.message('counted')

  const samples = async () => parsePlainly(await (await fetch(url)).text())
  await expect.poll(samples, { timeout: 5_000 }).toMatchObject({ started_total: 2, tutti_writers: 2 })
  for (const app of [first, second]) {
    expect(app.output()).toMatch(
      /^koffi did not load: Cannot find the native Koffi module.*: metrics are written out every second instead of shared at once\.\n$/,
    )
  }
})
