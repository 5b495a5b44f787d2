// `npm run campaign`: the long runs of all packages, one package after the other, with the same arguments. The last
// line adds up theirs. A package without the campaign that `--only` names says that it ran nothing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './prepare/root.mjs'
import { toolchainEnvironment } from './prepare/toolchain.mjs'

const totals = { passed: 0, failed: 0 }
for (const folder of foldersWithCampaigns()) {
  const result = await run(folder)
  totals.passed += result.passed
  totals.failed += result.failed
}
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0

function foldersWithCampaigns() {
  return ['packages', 'apps']
    .flatMap(group => readdirSync(join(root, group)).map(name => join(root, group, name)))
    .filter(folder => {
      const manifest = join(folder, 'package.json')
      return (
        existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.campaign !== undefined
      )
    })
}

/** What its last line says; one that ended without it, or with an error, has failed. */
async function run(folder) {
  const child = spawn('npm', ['run', '--silent', 'campaign', '--', ...process.argv.slice(2)], {
    cwd: folder,
    env: toolchainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let result
  createInterface({ input: child.stdout }).on('line', line => {
    const match = /^(\d+) passed, (\d+) failed$/.exec(line)
    if (match === null) console.log(line)
    else result = { passed: Number(match[1]), failed: Number(match[2]) }
  })
  const [code] = await once(child, 'close')
  if (result === undefined) return { passed: 0, failed: 1 }
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}
