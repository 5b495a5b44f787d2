import { findNode, type NodeMajor, notRun } from '@tutti/test-servers'
import { beforeAll, expect, test } from 'vitest'
import { sets, type VersionSet } from '../../src/index.ts'
import { command, INSTALL, isOffline } from './command.ts'
import { expectOneCopyOfEach } from './copies.ts'
import { pack, pin, temporaryFolder, writeService } from './service.ts'
import { smoke } from './smoke.ts'

// `npm run campaign -- --only sets` runs every set on all of its Node versions.
const isWhole = process.env.TUTTI_SETS === 'full'

// Once a checkout they are installed, which is no part of what a test takes.
beforeAll(async () => {
  await Promise.all(sets.flatMap(majors).map(findNode))
}, 300_000)

test.for(sets)(
  'npm installs the set $name with one copy of each package, and what an app counts is on its page',
  { timeout: 600_000 },
  async (set, { skip }) => {
    const folder = temporaryFolder()
    const service = `${folder}/service`
    writeService(service, await pack(folder), 'npm')
    pin(service, set, 'npm')
    const installed = await command('npm', INSTALL, service)
    if (await isOffline(installed, service)) return skip(withoutRegistry(set))
    expect(installed, installed.output).toMatchObject({ code: 0 })
    expectOneCopyOfEach(service, set)
    const listed = await command('npm', ['ls', '--all'], service)
    expect(listed, listed.output).toMatchObject({ code: 0 })
    for (const major of majors(set)) {
      const node = await findNode(major)
      if (node === undefined) notRun(`set ${set.name} on Node ${major}`, 'npm can not install that Node here')
      else for (const signals of ['page', 'all'] as const) await smoke(service, node, signals)
    }
  },
)

/** In `npm test` the oldest Node of each set. */
function majors({ node: { versions } }: VersionSet): NodeMajor[] {
  const all = versions.map(version => Number.parseInt(version, 10) as NodeMajor)
  return isWhole ? all : all.slice(0, 1)
}

function withoutRegistry({ name }: VersionSet): string {
  const why = 'npm reaches no registry here'
  notRun(`installing the set ${name}`, why)
  return why
}
