import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberText } from '../../src/exposition/number.ts'
import { SpareBuffers } from '../../src/exposition/spare-buffers.ts'
import { type LineValues, TextBlock } from '../../src/exposition/text-block.ts'

/** Many that are as long as others, grow by a digit, shrink, or are no numbers at all. */
const VALUE = fc.oneof(
  fc.constantFrom(0, -0, 1, 9, 10, 99, 100, 999_999, 1_000_000, 2_147_483_647, 2_147_483_648, 1e21, -5),
  fc.constantFrom(0.1, 0.125, 2.5e-7, -1e-300, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE),
  fc.constantFrom(Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.nat(2_000),
  fc.double(),
)
const EXEMPLAR = fc.option(fc.constantFrom(' # {} 1 2', ` # {trace_id="${'a'.repeat(32)}"} 17 1.5`), {
  freq: 3,
  nil: undefined,
})
const LINES = 7
const TEXTS = ['a ', 'orders{country="ch"} ', 'é{name="☃ \\n"} ', '', 'b_sum ', 'b_count ', '𝒳 ']

const OPTIONAL = fc.array(fc.boolean(), { minLength: LINES, maxLength: LINES })
const STEP = fc.record({
  /** Which lines get another value, and which. */
  values: fc.array(fc.option(VALUE, { nil: undefined }), { minLength: LINES, maxLength: LINES }),
  exemplars: fc.option(fc.array(EXEMPLAR, { minLength: LINES, maxLength: LINES }), { nil: undefined }),
  isRead: fc.boolean(),
})

function written({ values, exemplars, isOptional }: LineValues): string {
  return TEXTS.map((text, line) => {
    if (isOptional(line) && Number.isNaN(values[line])) return ''
    return `${text}${numberText(values[line])}${exemplars?.[line] ?? ''}\n`
  }).join('')
}

test('after any changes a block is what it would be if it were made anew, and who reads it sees none of them', () => {
  fc.assert(
    fc.property(OPTIONAL, fc.array(STEP, { minLength: 1, maxLength: 12 }), (optional, steps) => {
      const isOptional = (line: number) => optional[line]
      const spares = new SpareBuffers()
      const values = new Float64Array(LINES)
      let block: TextBlock | undefined
      const read: { bytes: Buffer; text: string }[] = []
      for (const step of steps) {
        step.values.forEach((value, line) => {
          if (value !== undefined) values[line] = value
        })
        const says = { values, exemplars: step.exemplars, isOptional }
        const before = block?.bytes
        // Read by somebody if an earlier page is that is made of the same bytes.
        const isOurs = !read.some(({ bytes }) => bytes === before)
        if (!block?.update(says, isOurs)) block = new TextBlock(TEXTS, says, spares)
        expect(block.bytes.toString()).toBe(written(says))
        for (const { bytes, text } of read) expect(bytes.toString()).toBe(text)
        if (step.isRead) read.push({ bytes: block.bytes, text: block.bytes.toString() })
      }
    }),
    { numRuns: 2_000 },
  )
})

test('what did not change is not written', () => {
  const says = {
    values: Float64Array.of(1, 22, 3, 4, 5, 6, 7),
    exemplars: undefined,
    isOptional: () => false,
  }
  const block = new TextBlock(TEXTS, says, new SpareBuffers())
  const { bytes } = block
  expect(block.update(says, false)).toBe(true)
  expect(block.bytes).toBe(bytes)
})
