import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { current, FormatError, type FormatName, formats, node20, sets } from '../../src/index.ts'

const names = Object.keys(formats) as FormatName[]
const start: Partial<Record<FormatName, string>> = { npm: '{}\n', yarn: '{}\n' }

describe.each(names)('%s', name => {
  const format = formats[name]

  test('applied twice changes nothing more', () => {
    for (const set of sets) {
      const once = format.apply(set, start[name])
      expect(format.apply(set, once)).toBe(once)
    }
  })

  test('another set takes the place of the one before, and leaves nothing of it', () => {
    for (const [from, to] of [
      [node20, current],
      [current, node20],
    ] as const) {
      const moved = format.apply(to, format.apply(from, start[name]))
      expect(contentOf(moved)).toEqual(contentOf(format.apply(to, start[name])))
    }
  })
})

/** JSON is YAML. */
function contentOf(text: string): unknown {
  return parse(text)
}

test.each(['npm', 'yarn'] as const)(
  '%s: what the service depends on itself becomes exact, the rest and its look stay',
  name => {
    const key = name === 'npm' ? 'overrides' : 'resolutions'
    const before = [
      '{',
      '    "name": "shop",',
      '    "dependencies": { "@opentelemetry/api": "^1.9.0", "express": "^5.0.0" },',
      `    "${key}": { "left-pad": "1.3.0", "@opentelemetry/core": "1.0.0" }`,
      '}',
    ].join('\r\n')
    const after = formats[name].apply(current, before)
    expect(JSON.parse(after)).toEqual({
      name: 'shop',
      dependencies: { '@opentelemetry/api': '1.10.0', express: '^5.0.0' },
      [key]: { 'left-pad': '1.3.0', ...current.packages },
    })
    expect(after.startsWith('{\r\n    "name": "shop",\r\n')).toBe(true)
    expect(after.endsWith('}')).toBe(true)
  },
)

test('pnpm: overrides take their versions from the catalog, and comments and packages stay', () => {
  const before = '# ours\npackages:\n  - services/* # all of them\ncatalog:\noverrides:\n  left-pad: 1.3.0\n'
  const after = formats.pnpm.apply(current, before)
  expect(after.startsWith('# ours\npackages:\n  - services/* # all of them\ncatalog:\n')).toBe(true)
  expect(parse(after)).toEqual({
    packages: ['services/*'],
    catalog: current.packages,
    overrides: {
      'left-pad': '1.3.0',
      ...Object.fromEntries(Object.keys(current.packages).map(each => [each, 'catalog:'])),
    },
  })
  expect(parse(formats.pnpm.print(current))).toEqual(parse(formats.pnpm.apply(current, undefined)))
})

test('Renovate: every package of the set is allowed in exactly its version, in one pull request', () => {
  const { packageRules } = JSON.parse(formats.renovate.print(current)) as {
    packageRules: { matchPackageNames: string[]; allowedVersions?: string; groupName?: string }[]
  }
  const allowed = packageRules.flatMap(({ matchPackageNames, allowedVersions }) =>
    allowedVersions === undefined ? [] : matchPackageNames.map(each => [each, allowedVersions]),
  )
  expect(Object.fromEntries(allowed)).toEqual(current.packages)
  expect(allowed).toHaveLength(Object.keys(current.packages).length)
  const groups = packageRules.filter(({ groupName }) => groupName !== undefined)
  expect(groups).toHaveLength(1)
  expect(groups[0]!.matchPackageNames).toEqual(Object.keys(current.packages))
})

test("syncpack: the set's groups come before the others, which stay", () => {
  const before = JSON.stringify({ source: ['services/*/package.json'], versionGroups: [{ label: 'mine' }] })
  const { source, versionGroups } = JSON.parse(
    formats.syncpack.apply(current, formats.syncpack.apply(node20, before)),
  ) as { source: string[]; versionGroups: { label: string; dependencies?: string[]; pinVersion?: string }[] }
  expect(source).toEqual(['services/*/package.json'])
  expect(versionGroups.at(-1)).toEqual({ label: 'mine' })
  const pinned = versionGroups.flatMap(({ dependencies = [], pinVersion }) =>
    dependencies.map(each => [each, pinVersion]),
  )
  expect(Object.fromEntries(pinned)).toEqual(current.packages)
})

test.each([
  ['npm', undefined, 'there is no package.json. Give the folder of a service, the root of a monorepo.'],
  ['yarn', '[]', 'package.json is no JSON object. Mend it first.'],
  ['pnpm', '- a\n', 'pnpm-workspace.yaml has no settings in it. Mend it first.'],
] as const)('%s: a file that can not be changed is refused with the mend', (name, text, message) => {
  const apply = () => formats[name].apply(current, text)
  expect(apply).toThrow(FormatError)
  expect(apply).toThrow(message)
})

test.each([
  ['syncpack', '{ "a": }', /^\.syncpackrc\.json is no JSON: .+\. Mend it first\.$/],
  ['pnpm', 'a: [', /^pnpm-workspace\.yaml is no YAML: [\s\S]+\. Mend it first\.$/],
] as const)('%s: a file that can not be read is refused with the reason', (name, text, message) => {
  expect(() => formats[name].apply(current, text)).toThrow(message)
})
