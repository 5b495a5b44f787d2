import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followPage } from '../../src/follow/follow-page.ts'
import { type Registry, startRegistry } from '../../src/registry/start-registry.ts'
import { repository } from '../../src/repository.ts'

const folder = 'docs/getting-started'
const pages = readdirSync(join(repository, folder)).map(name => `${folder}/${name}`)
const promtool = await findDebianTool('promtool', 'prometheus')
if (promtool === undefined) notRun('docs/guides/slos.md, step by step', 'there is no promtool')
else pages.push('docs/guides/slos.md')

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

test.each(pages)(
  '%s does what it says, to the letter, in an empty folder',
  { timeout: 400_000 },
  async page => {
    const { steps, problems } = await followPage(page, registry)
    expect(problems).toEqual([])
    expect(steps.ran).toBeGreaterThan(1)
    expect(steps.compared).toBeGreaterThan(0)
  },
)
