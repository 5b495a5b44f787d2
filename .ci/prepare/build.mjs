import { step } from './progress.mjs'
import { root } from './root.mjs'
import { runQuietly } from './run-quietly.mjs'
import { tool, toolchainEnvironment } from './toolchain.mjs'

/** Builds every package, or one with all that it depends on. What is built already is not built again. */
export async function build(packageName) {
  const filter = packageName ? [`--filter=${packageName}...`] : []
  const args = ['run', 'build', ...filter, '--output-logs=errors-only']
  await step('Building', () => runQuietly(tool('turbo'), args, { cwd: root, env: toolchainEnvironment() }))
}
