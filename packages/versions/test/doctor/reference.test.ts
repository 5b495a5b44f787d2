import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderReference } from '../../reference/render.ts'
import { CODES } from '../../src/doctor/codes.ts'

const page = readFileSync(new URL('../../../../docs/reference/doctor.md', import.meta.url), 'utf8')

test('the page of findings is the one that the table makes (npm run reference)', () => {
  expect(page).toBe(renderReference())
})

test('every code has its own heading, which is what links point at', () => {
  expect([...page.matchAll(/^### (TUTTI\d{3})$/gm)].map(([, code]) => code)).toEqual(CODES)
})
