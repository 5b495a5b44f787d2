import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderReference } from '../../reference/render.ts'
import { INTERNAL, VARIABLES } from '../../src/configuration/variable-table.ts'

const packages = new URL('../../..', import.meta.url).pathname
const names = VARIABLES.map(({ name }) => name)

test('the page of variables is the one that the table makes (npm run reference)', () => {
  const page = readFileSync(`${packages}/../docs/reference/configuration.md`, 'utf8')
  expect(page).toBe(renderReference())
})

test('every variable that the code reads is in the table, and none that it does not', () => {
  const code = globSync(`${packages}/{preload,instrumentation,aggregator}/src/**/*.ts`)
    .filter(file => !file.includes('variable-table'))
    .map(file => readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
    .join('\n')
  const read = new Set(code.match(/\b(?:OTEL|TUTTI)_[A-Z_]+[A-Z]\b/g))
  for (const name of [...names, ...INTERNAL]) expect(read, name).toContain(name)
  const isCode = (name: string) => ERROR_CODE.test(name) || name === 'OTEL_EXPORTER_OTLP_ENDPOINT'
  expect([...read].filter(name => !isCode(name) && ![...names, ...INTERNAL].includes(name))).toEqual([])
})

/** Codes of errors look like variables. */
const ERROR_CODE = /^TUTTI_\w*(?:INVALID|UNUSABLE|SEVERAL|NOTHING|DAMAGED)$/
