import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { examine } from '../../../src/doctor/index.ts'

const locks = fileURLToPath(new URL('locks', import.meta.url))

const MANIFEST = {
  name: 'locked',
  dependencies: {
    '@opentelemetry/api': '1.9.0',
    '@opentelemetry/context-async-hooks': '2.12.0',
    '@opentelemetry/sdk-metrics': '3.0.0',
    pg: '7.18.2',
  },
}

const PEER =
  '@opentelemetry/sdk-metrics@3.0.0 wants @opentelemetry/api >=1.10.0 <1.11.0 beside it, and gets 1.9.0'
const LIBRARY = 'pg@7.18.2 is outside of ^8.0.0, which is supported'

// Each was written by the manager itself, for this package.json.
test.for([
  ['pnpm-lock.yaml', 'pnpm-lock.yaml', [PEER, LIBRARY]],
  ['yarn-4.lock', 'yarn.lock', [PEER, LIBRARY]],
  ['yarn-1.lock', 'yarn.lock', [LIBRARY]],
] as const)('of %s copies, peers and ranges are known as far as it says them', async ([from, to, wanted]) => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-doctor-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST))
  copyFileSync(join(locks, from), join(folder, to))
  const { services } = await examine(folder)
  expect(basename(services[0]!.packagesFrom!)).toBe(to)
  const said = services[0]!.findings.map(({ what }) => what.replace(/, as do \d+ more.*/, ''))
  expect(said.toSorted()).toEqual([...wanted].toSorted())
})
