import { execFileSync } from 'node:child_process'
import { findNode, type NodeMajor, nodeVersions, notRun } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import rootManifest from '../../../package.json' with { type: 'json' }

const majors = Object.keys(nodeVersions).map(Number) as NodeMajor[]

// Once a checkout it is installed.
test.each(majors)('Node %i is the very version that is asked for', { timeout: 300_000 }, async major => {
  const node = await findNode(major)
  if (node === undefined) return notRun(`apps on Node ${nodeVersions[major]}`, 'npm can not install it here')
  expect(execFileSync(node, ['-p', 'process.version'], { encoding: 'utf8' }).trim()).toBe(
    `v${nodeVersions[major]}`,
  )
})

test('the toolchain is not installed a second time', async () => {
  expect(nodeVersions[26]).toBe(rootManifest.devDependencies.node)
  expect(await findNode(26)).toMatch(/node_modules\/node\/bin\/node$/)
})
