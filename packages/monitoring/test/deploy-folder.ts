import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Where what is generated is committed. */
export const deployFolder = `${root}deploy`
export const runbooksFolder = `${root}docs/runbooks`
