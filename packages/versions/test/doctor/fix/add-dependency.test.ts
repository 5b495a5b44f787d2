import { expect, test } from 'vitest'
import { addDependency } from '../../../src/doctor/fix/add-dependency.ts'

const TEXT =
  '{\r\n\t"name": "shop",\r\n\t"devDependencies": {\r\n\t\t"@tutti/preload": "^1.0.0"\r\n\t},\r\n\t"dependencies": {\r\n\t\t"express": "5.3.0"\r\n\t}\r\n}\r\n'

test('the preload is moved in among the dependencies with its range, and the file looks as before', () => {
  const moved = addDependency(TEXT, '^2.0.0')
  expect(moved).toContain(
    '\t"dependencies": {\r\n\t\t"@tutti/preload": "^1.0.0",\r\n\t\t"express": "5.3.0"\r\n\t}\r\n',
  )
  expect(moved.replaceAll('\r\n', '')).not.toContain('\n')
  expect(moved.match(/@tutti\/preload/g)).toHaveLength(1)
  expect(addDependency(moved, '^2.0.0')).toBe(moved)
})
