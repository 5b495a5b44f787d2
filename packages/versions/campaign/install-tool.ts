import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, INSTALL } from '../test/install/command.ts'

/**
 * Installs a tool of npm's and gives the folder with its programs.
 * @param scripts packages that have to run one when they are installed.
 */
export async function installTool(
  folder: string,
  name: string,
  version: string,
  scripts: string[] = [],
): Promise<string> {
  const place = join(folder, 'tool')
  mkdirSync(place)
  const allowScripts = Object.fromEntries(scripts.map(each => [each, true]))
  const manifest = { private: true, dependencies: { [name]: version }, allowScripts }
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifest))
  const args = [...INSTALL]
  // What is not allowed would run all the same, and compile a part that a tool does without.
  if (scripts.length === 0) args.push('--ignore-scripts')
  const { code, output } = await command('npm', args, place)
  if (code !== 0) throw new Error(output)
  return join(place, 'node_modules')
}
