import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { controlPlane } from '../generate/control-plane.ts'
import { buildMonitoring } from '../src/build-monitoring.ts'
import { deployFolder } from './deploy-folder.ts'

const files = buildMonitoring(controlPlane)

test.each(files)(
  'deploy/$path is what `npm run --workspace @tutti/monitoring generate` writes',
  ({ path, text }) => {
    expect(readFileSync(join(deployFolder, path), 'utf8')).toBe(text)
  },
)

test('deploy/ holds nothing of the control plane that is not generated any more', () => {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))]
  const present = folders.flatMap(folder =>
    readdirSync(join(deployFolder, folder)).map(name => `${folder}/${name}`),
  )
  const own = present.filter(path => path.includes('/control-plane.'))
  expect(own.sort()).toEqual(
    files
      .map(({ path }) => path)
      .filter(path => path.includes('/control-plane.'))
      .sort(),
  )
})
