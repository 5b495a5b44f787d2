import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followPage } from '../../src/follow/follow-page.ts'
import { type Registry, startRegistry } from '../../src/registry/start-registry.ts'
import { repository } from '../../src/repository.ts'

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const folder = 'docs/getting-started'
const pages = readdirSync(join(repository, folder)).map(name => `${folder}/${name}`)

test.each(pages)(
  '%s does what it says, to the letter, in an empty folder',
  { timeout: 400_000 },
  async page => {
    const { steps, problems } = await followPage(page, registry)
    expect(problems).toEqual([])
    expect(steps.ran).toBeGreaterThan(3)
    expect(steps.compared).toBeGreaterThan(0)
  },
)
