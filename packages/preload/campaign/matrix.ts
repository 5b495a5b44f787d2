import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** All cases of the matrix test, of which `npm test` runs a part; whether every one of them passed. */
export async function matrix(): Promise<boolean> {
  const vitest = spawn('vitest', ['run', 'test/matrix'], {
    env: { ...process.env, TUTTI_MATRIX: 'full' },
    stdio: 'inherit',
  })
  const [code] = await once(vitest, 'exit')
  return code === 0
}
