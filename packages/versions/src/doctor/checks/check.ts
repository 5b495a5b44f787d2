import type { VersionSet } from '../../sets/index.ts'
import type { Finding } from '../finding.ts'
import type { Service } from '../service.ts'

export interface Context {
  /** What Node versions and ranges of libraries are judged by: the chosen set, else the current one. */
  readonly set: VersionSet
  /** Whether anybody chose it: then other versions are drift. */
  readonly isSetChosen: boolean
  /** The Node that the doctor itself runs on. */
  readonly node: string
}

/** Looks at one thing. Reads what the service tells, and changes nothing. */
export type Check = (service: Service, context: Context) => readonly Finding[] | Promise<readonly Finding[]>
