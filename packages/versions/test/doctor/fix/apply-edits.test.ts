import { expect, test } from 'vitest'
import { applyEdits } from '../../../src/doctor/fix/apply-edits.ts'

const edit = (offset: number, length: number, text: string) => ({ file: 'x', offset, length, text })

test('an edit that several findings give counts once', () => {
  expect(applyEdits('node app.js', [edit(5, 0, '-r x '), edit(5, 0, '-r x ')])).toBe('node -r x app.js')
})

test('what is inserted at one place stands in the order of the findings', () => {
  expect(applyEdits('ad', [edit(1, 0, 'b'), edit(1, 0, 'c')])).toBe('abcd')
})

test('of edits that touch the same text the first one counts', () => {
  expect(applyEdits('node app.js', [edit(0, 4, 'tsx'), edit(0, 4, 'deno'), edit(2, 1, '!')])).toBe(
    'tsx app.js',
  )
})
