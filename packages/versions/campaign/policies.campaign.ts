import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { current, sets } from '../src/index.ts'
import { command, type Result } from '../test/install/command.ts'
import { pin, temporaryFolder } from '../test/install/service.ts'
import { installTool } from './install-tool.ts'

test('syncpack tells which services differ from the set, and mends them', { timeout: 900_000 }, async () => {
  const folder = temporaryFolder()
  const programs = await installTool(folder, 'syncpack', '15.3.3')
  const services = join(folder, 'services')
  const syncpack = (...args: string[]): Promise<Result> =>
    command(join(programs, '.bin/syncpack'), args, services)
  write(services, { name: 'services', version: '1.0.0', private: true, workspaces: ['*'] })
  write(join(services, 'good'), {
    name: 'good',
    version: '1.0.0',
    dependencies: { '@opentelemetry/api': current.packages['@opentelemetry/api'], express: '^5.0.0' },
    peerDependencies: { '@opentelemetry/core': '>=2' },
  })
  write(join(services, 'behind'), {
    name: 'behind',
    version: '1.0.0',
    dependencies: { '@opentelemetry/api': '^1.9.0' },
  })
  pin(services, current, 'syncpack')
  const before = await syncpack('lint')
  expect(before, before.output).toMatchObject({ code: 1 })
  expect(before.output).toContain('✘ ^1.9.0 → 1.10.0 in behind/package.json at .dependencies (DiffersToPin)')
  expect(before.output).not.toContain('good/package.json')
  expect(await syncpack('fix')).toMatchObject({ code: 0 })
  const after = await syncpack('lint')
  expect(after, after.output).toMatchObject({ code: 0 })
  const { dependencies } = JSON.parse(readFileSync(join(services, 'behind/package.json'), 'utf8'))
  expect(dependencies).toEqual({ '@opentelemetry/api': '1.10.0' })
})

test('Renovate takes the preset, and moves a service to exactly the set', { timeout: 900_000 }, async () => {
  const folder = temporaryFolder()
  const node = await findNode(24)
  const programs = await installTool(folder, 'renovate', '44.121.2')
  const renovate = (program: string, args: string[], place: string): Promise<Result> =>
    command(node!, [join(programs, 'renovate/dist', program), ...args], place, { LOG_LEVEL: 'debug' })
  for (const set of sets) {
    pin(folder, set, 'renovate')
    const valid = await renovate(
      'config-validator.js',
      ['--strict', '--no-global', `tutti-${set.name}.json`],
      folder,
    )
    expect(valid, valid.output).toMatchObject({ code: 0 })
  }

  const service = join(folder, 'service')
  write(service, {
    name: 'service',
    version: '1.0.0',
    dependencies: { '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-metrics': '2.0.0' },
    overrides: { '@opentelemetry/core': '2.1.0' },
  })
  const preset = JSON.parse(readFileSync(join(folder, 'tutti-current.json'), 'utf8'))
  // A preset of another repository can't be had here: it stands in the service's own file.
  delete preset.description
  writeFileSync(join(service, 'renovate.json'), JSON.stringify({ ...preset, enabledManagers: ['npm'] }))
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '--quiet', '-m', 'service'],
  ])
    expect(await command('git', args, service)).toMatchObject({ code: 0 })
  const { code, output } = await renovate('renovate.js', ['--platform=local', '--dry-run=lookup'], service)
  expect(code, output).toBe(0)
  expect(proposed(output)).toEqual([
    ['@opentelemetry/api', '1.10.0'],
    ['@opentelemetry/core', '3.0.0'],
    ['@opentelemetry/sdk-metrics', '3.0.0'],
  ])
  const branches = [...output.matchAll(/"branchName": "([^"]+)"/g)].map(([, name]) => name)
  expect(new Set(branches)).toEqual(new Set(['renovate/opentelemetry-current']))
})

/** What it would change a dependency to, by its log. */
function proposed(log: string): [name: string, version: string][] {
  const found = log.matchAll(
    /"depName": "(@opentelemetry\/[^"]+)"(?:(?!"depName")[\s\S])*?"newValue": "([^"]+)"/g,
  )
  return [...new Map([...found].map(([, name, version]) => [name!, version!]))].sort()
}

function write(folder: string, manifest: object): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
}
