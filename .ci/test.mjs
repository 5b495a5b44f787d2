// `npm test`: installs if needed, builds, runs every test of every package, and ends with what could not run and
// with how many tests passed and failed. Arguments go to turbo: npm test -- --filter=@tutti/aggregator
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './prepare/build.mjs'
import { installIfNeeded } from './prepare/install.mjs'
import { root } from './prepare/root.mjs'
import { continueOnToolchain, tool, toolchainEnvironment } from './prepare/toolchain.mjs'
import { collectResults } from './results/collect.mjs'
import { forgetResults, resultFile, testedPackages } from './results/packages.mjs'
import { summarize } from './results/summarize.mjs'

try {
  await installIfNeeded()
  await continueOnToolchain(import.meta.url)
  // With arguments turbo builds what the chosen packages need.
  if (process.argv.length === 2) await build()
  await runTests()
} catch (error) {
  console.error(`\n${error.message}\nNo test has run.\n0 passed, 1 failed`)
  process.exitCode = 1
}

async function runTests() {
  const packages = testedPackages(root)
  forgetResults(packages)
  const folder = mkdtempSync(join(tmpdir(), 'tutti-test-'))
  const notRunFile = join(folder, 'not-run')
  const turbo = spawn(tool('turbo'), turboArguments(), {
    cwd: root,
    env: { ...toolchainEnvironment(), TUTTI_NOT_RUN_FILE: notRunFile },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  // Ctrl-C reaches turbo by itself; what is sent to this process alone is passed on, and the summary still comes.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => turbo.kill(signal))
  const [code] = await once(turbo, 'exit')
  const results = collectResults({ packages, notRunFile })
  rmSync(folder, { recursive: true })
  const filtered = process.argv.length > 2
  const { text, success } = summarize(filtered ? onlyThoseThatRan(results) : results, code)
  console.log(text)
  process.exitCode = success ? 0 : 1
}

function turboArguments() {
  return [
    ...['run', 'test', '--continue=dependencies-successful', '--output-logs=full', '--env-mode=loose'],
    // Every package starts servers and processes of its own: more at once would only wait for each other.
    '--concurrency=3',
    ...process.argv.slice(2),
    ...['--', '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`],
  ]
}

function onlyThoseThatRan(results) {
  return { ...results, silent: [] }
}
