import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { examine } from '../../src/doctor/index.ts'
import { planInit } from '../../src/init/index.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-init-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return folder
}

const MERGED = `x-app: &app
  image: node:24
  command: ["node", "server.js"]
services:
  web:
    <<: *app
  worker:
    <<: *app
`

test('a command that services of compose share by a merge gets the preload once, where it stands', () => {
  const folder = folderWith({ 'package.json': '{ "name": "shop" }', 'compose.yaml': MERGED })
  const { changes, steps } = planInit(folder, '0.1.0')
  expect(changes.find(({ file }) => file.endsWith('compose.yaml'))?.after).toContain(
    '\n  command: ["node", "--require", "@tutti/preload", "server.js"]\n',
  )
  expect(steps).toEqual(['Run npm install.'])
  // Each listens for the others, and there is nothing more to do.
  for (const { file, after } of changes) writeFileSync(file, after)
  expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain(
    '  worker:\n    environment:\n      OTEL_EXPORTER_PROMETHEUS_HOST: "0.0.0.0"\n    <<: *app\n',
  )
  expect(planInit(folder, '0.1.0').changes).toEqual([])
})

test('an environment that services of compose share is opened once', () => {
  const services = ['web', 'worker'].map(
    name => `  ${name}:\n    image: node:24\n    environment: *env\n    command: node ${name}.js\n`,
  )
  const folder = folderWith({
    'package.json': '{ "name": "shop" }',
    'compose.yaml': `x-env: &env\n  LOG: info\nservices:\n${services.join('')}`,
  })
  const { after } = planInit(folder, '0.1.0').changes.find(({ file }) => file.endsWith('compose.yaml'))!
  expect(after.match(/OTEL_EXPORTER_PROMETHEUS_HOST/g)).toHaveLength(1)
  expect(after).toContain('x-env: &env\n  OTEL_EXPORTER_PROMETHEUS_HOST: "0.0.0.0"\n  LOG: info\n')
})

test.for([
  ['the start script', 'node --require @opentelemetry/auto-instrumentations-node/register app.js', {}],
  ['the code', 'node app.js', { 'app.js': "new (require('@opentelemetry/sdk-node').NodeSDK)().start()\n" }],
] as const)('of another SDK in %s it is said that it is to be left out', async ([, start, files]) => {
  const folder = folderWith({
    'package.json': JSON.stringify({ name: 'shop', scripts: { start } }),
    ...files,
  })
  const { changes, steps } = planInit(folder, '0.1.0')
  expect(steps).toEqual([
    'Run npm install.',
    expect.stringMatching(
      /, beside @tutti\/preload\. Leave the other one out\. Traces and logs are on with /,
    ),
  ])
  // The doctor says the same of what was written.
  for (const { file, after } of changes) writeFileSync(file, after)
  const [service] = (await examine(folder)).services
  expect(service?.findings.map(({ code }) => code)).toContain('TUTTI213')
})

test('a folder that is not there is said, not thrown', async () => {
  const folder = join(tmpdir(), 'tutti-is-not-there')
  await expect(examine(folder)).rejects.toThrow(
    new RangeError(`there is no folder ${folder}. Name the folder of a service.`),
  )
  expect(() => planInit(folder, '0.1.0')).toThrow(RangeError)
})
