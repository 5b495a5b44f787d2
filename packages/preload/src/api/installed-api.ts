import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const FOLDER = /^.*[\\/]@opentelemetry[\\/]api(?=[\\/])/

/** OpenTelemetry's API as it is installed for us. Loading it takes a third of our start, so few callers do. */
export function loadApi(): typeof import('@opentelemetry/api') {
  return require('@opentelemetry/api') as typeof import('@opentelemetry/api')
}

/** Its version, without loading it; undefined where packages do not lie in folders of their name. */
export function readApiVersion(): string | undefined {
  try {
    const [folder] = FOLDER.exec(require.resolve('@opentelemetry/api')) ?? []
    if (folder === undefined) return undefined
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version?: unknown }
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
