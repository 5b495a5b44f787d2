import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

export const root: string = join(import.meta.dirname, '..', '..', '..', '..')
export const deploy: string = join(root, 'deploy')

export function text(path: string): string {
  return readFileSync(join(deploy, path), 'utf8')
}

/** One YAML document below deploy/. */
export function yaml(path: string): Record<string, never> {
  return parse(text(path), { merge: true })
}

export interface Resource {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels?: Record<string, string> }
  [field: string]: unknown
}

export function resourcesOf(stream: string): Resource[] {
  return parseAllDocuments(stream).map(document => {
    if (document.errors.length > 0) throw document.errors[0]
    return document.toJS()
  })
}

/** Files below a folder of deploy/, without what is not committed. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(deploy, folder)).flatMap(name => {
    const path = join(folder, name)
    if (name === 'secrets') return []
    return statSync(join(deploy, path)).isDirectory() ? filesBelow(path) : [path]
  })
}
