// `npm start`: everything that shows Tutti at work, from a fresh clone. Until the dependencies are installed only
// Node's own modules may be imported.

import { env } from 'node:process'
import { build } from './prepare/build.mjs'
import { installIfNeeded } from './prepare/install.mjs'
import { continueOnToolchain } from './prepare/toolchain.mjs'
import { checkPorts } from './start/ports.mjs'

try {
  await checkPorts()
  await installIfNeeded()
  await continueOnToolchain(import.meta.url)
  if (env.TUTTI_BUILD !== 'never') await build('@tutti/control-plane')
  const { run } = await import('./start/run.mjs')
  await run()
} catch (error) {
  console.error(`\n${error.message}`)
  process.exitCode = 1
}
