import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type FormatName, sets } from '../src/index.ts'
import { command } from '../test/install/command.ts'
import { expectOneCopyOfEach } from '../test/install/copies.ts'
import { pack, pin, temporaryFolder, writeService } from '../test/install/service.ts'
import { smoke } from '../test/install/smoke.ts'
import { installTool } from './install-tool.ts'

interface Manager {
  format: FormatName
  package: string
  version: string
  program: string
  args: string[]
}

const managers: Manager[] = [
  {
    format: 'pnpm',
    package: 'pnpm',
    version: '10.34.8',
    program: '.bin/pnpm',
    args: ['install', '--store-dir=store'],
  },
  {
    format: 'pnpm',
    package: 'pnpm',
    version: '12.21.0',
    program: '.bin/pnpm',
    args: ['install', '--store-dir=store'],
  },
  {
    format: 'yarn',
    package: 'yarn',
    version: '1.22.22',
    program: '.bin/yarn',
    args: ['install', '--non-interactive', '--cache-folder=cache'],
  },
  {
    format: 'yarn',
    package: '@yarnpkg/cli-dist',
    version: '4.18.1',
    program: '.bin/yarn',
    args: ['install'],
  },
]

const cases = managers.flatMap(manager => sets.map(set => ({ ...manager, set, name: set.name })))

// Each is a tool to download and two hundred packages to install anew.
test.for(cases)(
  '$package $version installs the set $name with one copy of each package, and an app counts with it',
  { timeout: 900_000 },
  async ({ package: name, version, program, args, format, set }) => {
    const folder = temporaryFolder()
    const programs = await installTool(folder, name, version, ['pnpm'])
    const service = join(folder, 'service')
    writeService(service, await pack(folder), format)
    pin(service, set, format)
    if (format === 'yarn') await configureYarn(service)
    const installed = await command(join(programs, program), args, service)
    expect(installed, installed.output).toMatchObject({ code: 0 })
    expectOneCopyOfEach(service, set)
    await smoke(service, process.execPath, 'page')
  },
)

/** Yarn 4 reads neither npm's configuration nor, by default, does it make a node_modules. */
async function configureYarn(service: string): Promise<void> {
  const { output } = await command('npm', ['config', 'get', 'registry', '--loglevel=silent'], service)
  const [registry] = /https?:\S+/.exec(output)!
  const settings = [
    'nodeLinker: node-modules',
    'enableGlobalCache: false',
    'enableTelemetry: false',
    'enableImmutableInstalls: false',
    `npmRegistryServer: '${registry}'`,
  ]
  writeFileSync(join(service, '.yarnrc.yml'), settings.join('\n'))
  writeFileSync(join(service, 'yarn.lock'), '')
}
