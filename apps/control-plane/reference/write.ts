import { writeFileSync } from 'node:fs'
import { renderReference } from './render.ts'

/** `npm run reference`: writes the page from the catalog. */
writeFileSync(new URL('../METRICS.md', import.meta.url), renderReference())
