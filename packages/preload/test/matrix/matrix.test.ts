import { createRequire } from 'node:module'
import { findNode, nodeVersions, notRun } from '@tutti/test-servers'
import { beforeAll, describe, type ExpectStatic, expect, test } from 'vitest'
import { type Running, start } from '../process.ts'
import { allCases, type Case, pairsOf, pairwise } from './cases.ts'
import { expectedRequests, expectedTypes } from './expected.ts'
import { frameworks } from './frameworks.ts'
import { countRequests, readFamilies, totalOf } from './page.ts'
import { postedBytes, sendRequests } from './requests.ts'

// `npm run campaign -- --only matrix` runs all of them.
const cases = process.env.TUTTI_MATRIX === 'full' ? allCases : pairwise(allCases)

// Once a checkout they are installed, which is no part of what takes an app its time.
beforeAll(async () => {
  await Promise.all(cases.map(({ node }) => findNode(node)))
}, 300_000)

describe.concurrent('the matrix', () => {
  test.for(cases.map(each => ({ ...each, name: each.framework.name })))(
    '$name on Node $node, $kind, $mode: the page says what was requested, by route',
    { timeout: 120_000 },
    async (one, context) => {
      const node = await findNode(one.node)
      if (node === undefined) {
        return notRun(`apps on Node ${nodeVersions[one.node]}`, 'npm can not install that Node here')
      }
      const app = startApp(one, node)
      try {
        await examine(app, one, context.expect)
      } finally {
        await app.stop()
      }
    },
  )
})

async function examine(app: Running, { framework, node, mode }: Case, expect: ExpectStatic): Promise<void> {
  const writers = mode === 'cluster' ? 3 : 1
  // The workers of a cluster have one address between them.
  const [, port] = await app.says('stdout', /listening (\d+)/)
  if (mode === 'cluster') await app.says('stdout', /(?:listening \d+\n[\s\S]*){2}/)
  const [, url] = await app.says('stderr', /metrics on (http:\S+)/)
  await sendRequests(Number(port))

  const page = () => readFamilies(url!)
  await expect
    .poll(async () => countRequests(await page()), { timeout: 30_000 })
    .toEqual(expectedRequests(framework))
  // The delay of an event loop is known to its page with the second observation, a second after the first.
  const typesOf = (families: Awaited<ReturnType<typeof page>>): Record<string, string> =>
    Object.fromEntries([...families].map(([name, { type }]) => [name, type]))
  await expect.poll(async () => typesOf(await page()), { timeout: 30_000 }).toMatchObject(expectedTypes)

  const families = await page()
  const values = (name: string): number[] => families.get(name)!.samples.map(({ value }) => value)
  expect(values('tutti_writers')).toEqual([writers])
  for (const name of ['nodejs_eventloop_utilization_ratio', 'process_start_time_seconds']) {
    expect(values(name)).toHaveLength(writers)
  }
  expect(values('process_cpu_utilization_ratio')).toHaveLength(2 * writers)
  expect(values('http_server_active_requests').every(active => active === 0)).toBe(true)
  expect(totalOf(families, 'http_server_request_body_size_bytes')).toEqual({ count: 1, sum: postedBytes })
  const answers = totalOf(families, 'http_server_response_body_size_bytes')
  expect(answers.count).toBe(Object.values(expectedRequests(framework)).reduce((sum, count) => sum + count))
  expect(answers.sum).toBeGreaterThan(0)
  // No label holds what a client sent.
  expect([...families.values()].flatMap(({ text }) => text.match(/nowhere|user-\d/g) ?? [])).toEqual([])

  const lines = app.stderr().match(/^tutti: .*/gm) ?? []
  const isOld = node === 20
  expect(lines).toHaveLength(isOld ? 2 : 1)
  if (isOld) expect(lines[0]).toContain('is not supported')
}

function startApp({ framework, kind, mode }: Case, node: string): Running {
  const [flag, file] = kind === 'CommonJS' ? ['--require', 'app.cjs'] : ['--import', 'app.mjs']
  const args = mode === 'cluster' ? ['matrix/apps/cluster.cjs', file] : [`matrix/apps/${file}`]
  return start([flag, '@tutti/preload', ...args, framework.name], { NODE_ENV: 'production' }, node)
}

test('what every test run runs lets any two properties meet that can', () => {
  const all = new Set(allCases.flatMap(pairsOf))
  expect(new Set(pairwise(allCases).flatMap(pairsOf))).toEqual(all)
})

test.each(frameworks.filter(each => each.package !== undefined))(
  '$name is started on every Node that it says it supports, and on no other',
  ({ package: name, needsNode }) => {
    const { engines } = createRequire(import.meta.url)(`${name}/package.json`) as {
      engines?: { node?: string }
    }
    const least = Number(/^>=\s*(\d+)/.exec(engines?.node ?? '')?.[1] ?? 0)
    expect(needsNode ?? 20).toBe(Math.max(20, least))
  },
)
