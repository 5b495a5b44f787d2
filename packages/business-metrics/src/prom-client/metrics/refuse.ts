import { format } from 'node:util'

/** Throws, as prom-client does, for what is no finite number. */
export function refuse(value: unknown): never {
  throw new TypeError(`Value is not a valid number: ${format(value)}`)
}
