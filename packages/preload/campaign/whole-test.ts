import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** All cases of a test of which `npm test` runs a part; whether every one of them passed. */
export async function wholeTest(name: 'matrix' | 'endings'): Promise<boolean> {
  const vitest = spawn('vitest', ['run', `test/${name}`], {
    env: { ...process.env, [`TUTTI_${name.toUpperCase()}`]: 'full' },
    stdio: 'inherit',
  })
  const [code] = await once(vitest, 'exit')
  return code === 0
}
