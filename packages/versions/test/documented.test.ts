import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sets } from '../src/index.ts'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

test.for(sets)('the guide says what is in the set $name', ({ name, node, packages }) => {
  const row = rowOf(read('docs/versions.md'), name)
  const [api, sdk, experimental] = ['api', 'sdk-metrics', 'sdk-node'].map(
    each => packages[`@opentelemetry/${each}`],
  )
  expect(row).toContain(`| api ${api}, SDK ${sdk}, ${experimental} |`)
  expect(row).toContain(`| ${node.range.replace('>=', '')} or newer |`)
  expect(row).toContain(node.versions[0])
})

test.for(sets)("the package's README names the releases of the set $name", ({ name, packages }) => {
  const row = rowOf(read('packages/versions/README.md'), name)
  for (const each of ['api', 'sdk-metrics'])
    expect(row).toContain(` ${packages[`@opentelemetry/${each}`]!.replace(/\.\d+$/, '')},`)
})

test('the README of tutti shows the list of sets as it is', () => {
  const text = read('packages/cli/README.md')
  for (const { name, date, packages } of sets) {
    const line = new RegExp(`^${name} +${date} .* ${Object.keys(packages).length}$`, 'm')
    expect(text).toMatch(line)
  }
})

function rowOf(markdown: string, name: string): string {
  const row = markdown.split('\n').find(line => line.startsWith(`| \`${name}\``))!
  return row.replaceAll(/ +/g, ' ')
}
