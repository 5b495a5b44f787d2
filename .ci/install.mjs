// Only the installation, for .ci/run.
import { installIfNeeded } from './prepare/install.mjs'

try {
  await installIfNeeded()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
