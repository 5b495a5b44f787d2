import { env } from 'node:process'

/** The user's own PostgreSQL, or one that lives as long as `npm start`. */
export async function startDatabase() {
  if (env.DATABASE_URL) return given(env.DATABASE_URL)
  const { startPostgres } = await testServers()
  return startPostgres()
}

/** The user's own Redis, or one that lives as long as `npm start`. */
export async function startCache() {
  if (env.REDIS_URL) return given(env.REDIS_URL)
  const { startRedis } = await testServers()
  return startRedis()
}

// Only now: it is built and its dependencies are installed by then.
function testServers() {
  return import('../../packages/test-servers/dist/index.mjs')
}

// We did not start it, so we do not stop it.
function given(url) {
  return { url, stop: async () => undefined }
}
