import { writeFileSync } from 'node:fs'
import { renderReference } from './render.ts'

/** `npm run reference`: writes the page from the table. */
writeFileSync(new URL('../../../docs/reference/doctor.md', import.meta.url), renderReference())
