import { findDebianTool } from '@tutti/test-servers'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

test('finds a program that is there without installing anything', async () => {
  expect(await findDebianTool('sh', 'no-such-package')).toMatch(/\/sh$/)
})

test('is undefined where nothing can be installed', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  expect(await findDebianTool('promtool', 'prometheus')).toBeUndefined()
})
