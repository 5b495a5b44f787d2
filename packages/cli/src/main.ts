#!/usr/bin/env node
import { run } from './run.ts'

// Whoever reads us may go, as in `tutti show | head`: then there is nobody left to tell.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2))

process.exitCode = await run(process.argv.slice(2), process.env)
