import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** The folder above that has workspaces, if one has: relative, as a person would write it. */
export function rootAbove(folder: string): string | undefined {
  for (let place = resolve(folder); dirname(place) !== place; ) {
    place = dirname(place)
    if (hasWorkspaces(place)) return relative('.', place) || '.'
  }
  return undefined
}

function hasWorkspaces(folder: string): boolean {
  try {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return true
    const { workspaces } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) ?? {}
    return workspaces !== undefined
  } catch {
    return false
  }
}
