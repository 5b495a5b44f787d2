import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readAppName } from '../../src/configuration/app-name.ts'
import {
  type Configuration,
  passToChildren,
  readConfiguration,
} from '../../src/configuration/configuration.ts'

const script = '/nowhere/at/all.js'

function read(env: NodeJS.ProcessEnv): Configuration & { lines: string[] } {
  const lines: string[] = []
  return { ...readConfiguration(env, line => lines.push(line), script), lines }
}

const DEFAULT_PAGE = {
  translationStrategy: 'UnderscoreEscapingWithSuffixes',
  constantLabels: [],
  shownAttributes: [],
  createdTimestamps: false,
  withoutScopeInfo: false,
  withoutTargetInfo: false,
}

test('without variables the page is on localhost:9464', () => {
  expect(read({})).toEqual({
    metricsEnabled: true,
    warns: true,
    startLine: 'text',
    exporters: { prometheus: true, otlp: false, console: false },
    host: '127.0.0.1',
    hostIsChosen: false,
    port: 9464,
    webConfigFile: undefined,
    bearerTokenFile: undefined,
    console: 'on',
    page: DEFAULT_PAGE,
    serviceName: 'unknown_service:node',
    resourceAttributes: {},
    lines: [],
  })
})

test('the console is on, in production only when it is asked for', () => {
  expect(read({ NODE_ENV: 'development' }).console).toBe('on')
  expect(read({ NODE_ENV: 'production' }).console).toBe('off')
  expect(read({ NODE_ENV: ' Production ' }).console).toBe('off')
  expect(read({ NODE_ENV: 'production', TUTTI_CONSOLE: 'ON' }).console).toBe('on')
  expect(read({ TUTTI_CONSOLE: 'off' }).console).toBe('off')
  const { console, lines } = read({ NODE_ENV: 'production', TUTTI_CONSOLE: 'yes' })
  expect([console, lines]).toEqual([
    'off',
    ['TUTTI_CONSOLE="yes" is not known; using off. Set it to one of on, off.'],
  ])
})

test('every variable is read', () => {
  expect(
    read({
      OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
      OTEL_EXPORTER_PROMETHEUS_PORT: ' 80 ',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, team = a%2Cb ,',
      TUTTI_METRICS_ENABLED: 'False',
      TUTTI_WEB_CONFIG_FILE: '/etc/shop/web.yml',
      TUTTI_BEARER_TOKEN_FILE: '/run/secrets/token',
      TUTTI_SHOWN_RESOURCE_ATTRIBUTES: 'host.id, process.owner,',
      OTEL_LOG_LEVEL: 'error',
      TUTTI_START_LINE: 'json',
      TUTTI_TRANSLATION_STRATEGY: 'notranslation',
      TUTTI_RESOURCE_CONSTANT_LABELS: 'deployment.*, !deployment.id',
      TUTTI_CREATED_TIMESTAMPS: 'true',
      TUTTI_WITHOUT_SCOPE_INFO: 'TRUE',
      TUTTI_CONSOLE: 'off',
      TUTTI_WITHOUT_TARGET_INFO: 'true',
    }),
  ).toEqual({
    metricsEnabled: false,
    warns: false,
    startLine: 'off',
    exporters: { prometheus: false, otlp: false, console: false },
    host: '0.0.0.0',
    hostIsChosen: true,
    port: 80,
    webConfigFile: '/etc/shop/web.yml',
    bearerTokenFile: '/run/secrets/token',
    console: 'off',
    page: {
      translationStrategy: 'NoTranslation',
      constantLabels: ['deployment.*', '!deployment.id'],
      shownAttributes: ['host.id', 'process.owner'],
      createdTimestamps: true,
      withoutScopeInfo: true,
      withoutTargetInfo: true,
    },
    serviceName: 'shop',
    resourceAttributes: { 'service.name': 'other', team: 'a,b' },
    lines: [],
  })
})

test('an empty variable is no variable', () => {
  const names = [
    'OTEL_EXPORTER_PROMETHEUS_PORT',
    'OTEL_METRICS_EXPORTER',
    'OTEL_SERVICE_NAME',
    'TUTTI_METRICS_ENABLED',
  ]
  expect(read(Object.fromEntries(names.map(name => [name, ' '])))).toEqual(read({}))
})

test('the name of the service comes from the attributes, its parent, then its package.json', () => {
  expect(read({ OTEL_RESOURCE_ATTRIBUTES: 'service.name=a' }).serviceName).toBe('a')
  const env: NodeJS.ProcessEnv = {}
  passToChildren(env, read({ OTEL_SERVICE_NAME: 'parent' }))
  expect(read(env).serviceName).toBe('parent')

  const folder = mkdtempSync(join(tmpdir(), 'tutti-name-'))
  try {
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'package.json'), '{"name":"@shop/api"}')
    writeFileSync(join(folder, 'dist/package.json'), '{"type":"module"}')
    expect(readConfiguration({}, () => {}, join(folder, 'dist/index.js')).serviceName).toBe('@shop/api')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a service that an installed program starts (tsx, next) is called by the package.json of its folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-name-'))
  try {
    const tool = join(folder, 'node_modules/tsx/dist')
    mkdirSync(tool, { recursive: true })
    writeFileSync(join(tool, '../package.json'), '{"name":"tsx"}')
    expect(readAppName(join(tool, 'cli.mjs'), folder)).toBe('tsx')
    writeFileSync(join(folder, 'package.json'), '{"name":"shop"}')
    expect(readAppName(join(tool, 'cli.mjs'), folder)).toBe('shop')
    expect(readAppName(join(folder, 'app.js'), tmpdir())).toBe('shop')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each([
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '65536', 'port', 9464],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '80a', 'port', 9464],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '-1', 'port', 9464],
  ['TUTTI_METRICS_ENABLED', 'on', 'metricsEnabled', true],
  ['TUTTI_TRANSLATION_STRATEGY', 'snake_case', 'page', DEFAULT_PAGE],
  ['TUTTI_CREATED_TIMESTAMPS', '1', 'page', DEFAULT_PAGE],
  ['OTEL_METRICS_EXPORTER', 'zipkin', 'exporters', { prometheus: true, otlp: false, console: false }],
] as const)('%s=%s gets a line that names it, and the default', (variable, value, setting, used) => {
  const configuration = read({ [variable]: value })
  expect(configuration[setting]).toEqual(used)
  expect(configuration.lines).toHaveLength(1)
  expect(configuration.lines[0]).toMatch(new RegExp(`^${variable}="${value}".* using .*\\. Set it to `))
})

test('a malformed attribute is named by its place, never by its value', () => {
  const { lines, resourceAttributes } = read({ OTEL_RESOURCE_ATTRIBUTES: 'a=1,password%' })
  expect(resourceAttributes).toEqual({})
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('password')
  expect(read({ OTEL_RESOURCE_ATTRIBUTES: 'a=%' }).lines).toHaveLength(1)
})

test('a child in another folder finds the same files', () => {
  const env: NodeJS.ProcessEnv = { TUTTI_WEB_CONFIG_FILE: 'web.yml', TUTTI_BEARER_TOKEN_FILE: './token' }
  passToChildren(env, read(env))
  expect([env.TUTTI_WEB_CONFIG_FILE, env.TUTTI_BEARER_TOKEN_FILE]).toEqual([
    resolve('web.yml'),
    resolve('token'),
  ])
})
