import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** A second installation of the package as it was built, with a native library of its own. */
function install(): string {
  const modules = join(dirname(temporaryDirectory()), 'installation', 'node_modules')
  const ours = fileURLToPath(new URL('../..', import.meta.url))
  mkdirSync(join(modules, '@tutti'), { recursive: true })
  for (const part of ['package.json', 'dist']) {
    cpSync(join(ours, part), join(modules, '@tutti/aggregator', part), { recursive: true })
  }
  const shared = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
  for (const name of readdirSync(shared)) {
    const [from, to] = [join(shared, name), join(modules, name)]
    if (name === 'koffi' || name === '@koromix') cpSync(from, to, { recursive: true })
    else if (name !== '@tutti') symlinkSync(from, to)
  }
  return join(dirname(modules), 'app.cjs')
}

test('copies of the package in one process are writers of their own and leave one another alone', async () => {
  const env = { TEST_DIRECTORY: temporaryDirectory(), TEST_INSTALLATION: install() }
  const seen = await forkApp('copies.ts', env).message('seen')
  expect(seen).toEqual({
    copies: 3,
    wasSet: [true, false],
    before: expect.objectContaining({ asked: [3], orders: [6], copy: [0, 1, 2], ours: [1], theirs: [2] }),
    after: expect.objectContaining({ asked: [3], orders: [116], copy: [0, 2], ours: [1] }),
    warnings: [expect.stringContaining('is ignored'), expect.stringContaining('is ignored')],
  })
})
