import { expect, test } from 'vitest'
import { operationName } from '../../src/database/sql.ts'

test.each([
  ['SELECT 1', 'SELECT'],
  ['select\n*\nfrom a', 'SELECT'],
  ['  -- name: list\n /* by\nid */ WITH a AS (SELECT 1) SELECT 1', 'WITH'],
  ['(SELECT 1) UNION (SELECT 2)', 'SELECT'],
  ['BEGIN;', 'BEGIN'],
  ['', undefined],
  ["'secret'", undefined],
  ['/* not closed SELECT', undefined],
  [undefined, undefined],
])('%j is %s', (text, operation) => {
  expect(operationName(text)).toBe(operation)
})
