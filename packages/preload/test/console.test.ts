import { afterEach, expect, test } from 'vitest'
import { pageUrl } from './page.ts'
import { type Running, start } from './process.ts'

let app: Running
afterEach(() => app?.stop())

test.each([
  [{ NODE_ENV: 'development' }, 200],
  [{ NODE_ENV: 'production' }, 404],
  [{ NODE_ENV: 'production', TUTTI_CONSOLE: 'on' }, 200],
  [{ NODE_ENV: 'development', TUTTI_CONSOLE: 'off' }, 404],
])('with %j what the console asks for answers %i', async (env, status) => {
  app = start(['--require', '@tutti/preload', 'apps/http.cjs'], env)
  const url = await pageUrl(app)
  expect((await fetch(url.replace('/metrics', '/-/workers'))).status).toBe(status)
  expect((await fetch(url)).status).toBe(200)
})
