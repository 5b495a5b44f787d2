import { expect, test } from 'vitest'
import { RULES, toSarif } from '../../../src/doctor/index.ts'

test('paths in SARIF are URIs relative to the folder, whatever is in their names', () => {
  const { severity, why, mend } = RULES.TUTTI201
  const finding = {
    code: 'TUTTI201',
    severity,
    why,
    mend,
    what: 'x',
    file: '/a/b c/d#e/package.json',
    line: 3,
  } as const
  const service = { folder: '', name: 'x', launches: [], packagesFrom: undefined, findings: [finding] }
  const { runs } = toSarif({ directory: '/a/b c', services: [service] }, '1.2.3')
  expect(runs[0]!.originalUriBaseIds).toEqual({ ROOT: { uri: 'file:///a/b%20c/' } })
  expect(runs[0]!.results![0]!.locations![0]!.physicalLocation!.artifactLocation).toEqual({
    uri: 'd%23e/package.json',
    uriBaseId: 'ROOT',
  })
  expect(runs[0]!.tool.driver).toMatchObject({ name: 'tutti doctor', version: '1.2.3' })
})
