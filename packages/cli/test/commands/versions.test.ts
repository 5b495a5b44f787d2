import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { current, node20, sets } from '@tutti/versions'
import { expect, test } from 'vitest'
import { versions } from '../../src/commands/versions/command.ts'
import { tutti } from '../process.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function service(folder: string, name: string, manifest: object): string {
  const place = join(folder, name)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`)
  return place
}

const read = (place: string) => JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))

test('the sets are listed with what they serve, and are what completion offers', async () => {
  const [text, json] = await Promise.all([tutti(['versions']), tutti(['versions', '--json'])])
  expect(text.stdout.split('\n').map(line => line.split(/ {2,}/))).toEqual([
    ['SET', 'DATE', 'NODE', 'API', 'SDK', 'INSTRUMENTATION', 'PACKAGES'],
    ['current', current.date, '>=22.15', '1.10.0', '3.0.0', '0.300.0', expect.any(String)],
    ['node20', node20.date, '>=20.6', '1.9.1', '2.12.0', '0.223.0', expect.any(String)],
    [''],
  ])
  expect(JSON.parse(json.stdout)).toEqual(sets)
  expect(versions.operandChoices).toEqual(sets.map(({ name }) => name))
})

test('one set is told with its packages and the libraries that it supports', async () => {
  const { code, stdout } = await tutti(['versions', 'node20'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^node20 of \d{4}-\d\d-\d\d: Node >=20\.6, tested on 20\.20\.2, /)
  expect(stdout).toMatch(/^@opentelemetry\/sdk-node +0\.223\.0$/m)
  expect(stdout).toMatch(/^pg +\^8\.0\.0$/m)
})

test('a set is printed as each tool reads it', async () => {
  const flags = ['--npm', '--pnpm', '--yarn', '--renovate', '--syncpack']
  const printed = await Promise.all(flags.map(flag => tutti(['versions', flag])))
  const [npm, pnpm, yarn, renovate, syncpack] = printed.map(({ stdout }) => stdout)
  expect(JSON.parse(npm!)).toEqual({ overrides: current.packages })
  expect(pnpm).toMatch(/^catalog:\n {2}'@opentelemetry\/api': 1\.10\.0\n/)
  expect(JSON.parse(yarn!)).toEqual({ resolutions: current.packages })
  expect(JSON.parse(renovate!).packageRules[0].groupName).toBe('OpenTelemetry current')
  expect(JSON.parse(syncpack!).versionGroups[0].pinVersion).toBe('0.300.0')
})

test('services are checked, written after their diff was shown, and then as the set has it', async () => {
  const folder = temporaryDirectory()
  const places = ['a', 'b'].map(name =>
    service(folder, name, { name, dependencies: { '@opentelemetry/api': '^1.9.0', express: '^5.0.0' } }),
  )
  const before = readFileSync(join(places[0]!, 'package.json'), 'utf8')
  const checked = await tutti(['versions', 'node20', ...places, '--npm', '--check'])
  expect([checked.code, checked.stderr]).toEqual([
    1,
    '2 folders of 2 not as in the set node20. --write mends it.\n',
  ])
  expect(readFileSync(join(places[0]!, 'package.json'), 'utf8')).toBe(before)

  const written = await tutti(['versions', 'node20', ...places, '--npm', '--write'])
  expect(written).toMatchObject({
    code: 0,
    stderr: '2 folders of 2 written. Then: npm install && npm dedupe\n',
  })
  expect(written.stdout).toBe(checked.stdout)
  expect(written.stdout).toContain('-\t\t"@opentelemetry/api": "^1.9.0",\n')
  expect(written.stdout).toContain('+\t\t"@opentelemetry/api": "1.9.1",\n')
  for (const [index, place] of places.entries()) {
    expect(read(place)).toEqual({
      name: ['a', 'b'][index],
      dependencies: { '@opentelemetry/api': '1.9.1', express: '^5.0.0' },
      overrides: node20.packages,
    })
  }
  const again = await tutti(['versions', 'node20', ...places, '--npm', '--check'])
  expect(again).toEqual({ code: 0, stdout: '', stderr: '2 folders: as in the set node20.\n' })
})

test('a preset is a new file, which the diff says', async () => {
  const folder = temporaryDirectory()
  const { code, stdout } = await tutti(['versions', 'current', folder, '--renovate', '--write'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^--- \/dev\/null\n/)
  expect(existsSync(join(folder, 'tutti-current.json'))).toBe(true)
})

test('where one folder can not be written none is, and the mend is told', async () => {
  const folder = temporaryDirectory()
  const good = service(folder, 'good', { name: 'good' })
  const broken = service(folder, 'broken', {})
  writeFileSync(join(broken, 'package.json'), '{ "name": ')
  const { code, stderr } = await tutti(['versions', 'current', good, broken, '--npm', '--write'])
  expect(code).toBe(2)
  expect(stderr).toMatch(/broken: package\.json is no JSON: .*\. Mend it first\. Nothing is written\.\n$/)
  expect(read(good)).toEqual({ name: 'good' })
})

test('a member of a workspace is told that its root decides', async () => {
  const folder = temporaryDirectory()
  const root = service(folder, 'root', { workspaces: ['packages/*'] })
  const member = service(root, 'packages/member', { name: 'member' })
  const { code, stderr } = await tutti(['versions', 'current', member, '--npm', '--check'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/member is below \S+\/root, whose workspaces take versions from there only\.\n/)
})

test('what can not be meant is answered with the mend', async () => {
  const answers = await Promise.all([
    tutti(['versions', 'node18']),
    tutti(['versions', 'current', 'services']),
    tutti(['versions', '--write']),
    tutti(['versions', '--npm', '--yarn']),
    tutti(['versions', '--npm', '--write', '--check']),
    tutti(['versions', 'current', 'missing', '--npm', '--check']),
  ])
  expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([
    [2, 'tutti: there is no set "node18". Sets: current, node20. A folder comes after the set.\n'],
    [2, 'tutti: "services" is a folder: give --write or --check with it.\n'],
    [2, 'tutti: no tool is named. Give one of --npm, --pnpm, --yarn, --renovate, --syncpack.\n'],
    [2, 'tutti: --npm and --yarn are two tools. Give one.\n'],
    [2, 'tutti: give --write or --check, not both.\n'],
    [2, 'tutti: missing is no folder. Give the root of a service.\n'],
  ])
})
