import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type FormatName, formats, type VersionSet } from '../../src/index.ts'
import { command } from './command.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const app = fileURLToPath(new URL('../apps/smoke.cjs', import.meta.url))
const PACKAGES = ['aggregator', 'instrumentation', 'preload']

/** Paths of our packages as they would be published, by name. They are gone when the folder is. */
export async function pack(folder: string): Promise<Record<string, string>> {
  const names = PACKAGES.map(name => `@tutti/${name}`)
  const args = ['pack', '--silent', '--pack-destination', folder, ...names.map(name => `--workspace=${name}`)]
  const { code, output } = await command('npm', args, root)
  if (code !== 0) throw new Error(output)
  const files = readdirSync(folder).filter(name => name.endsWith('.tgz'))
  const packed = PACKAGES.map(name => files.find(file => file.startsWith(`tutti-${name}-`))!)
  return Object.fromEntries(names.map((name, index) => [name, join(folder, packed[index]!)]))
}

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-versions-'))
  // Tens of thousands of files, on a machine that has other work too.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }), 300_000)
  return folder
}

/** A service that depends on our packages and, as a service would write it, on a range of the API. */
export function writeService(folder: string, tarballs: Record<string, string>, manager: FormatName): void {
  const files = Object.fromEntries(Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]))
  mkdirSync(folder, { recursive: true })
  const manifest = {
    name: 'smoke',
    version: '1.0.0',
    private: true,
    dependencies: { ...files, '@opentelemetry/api': '^1.9.0' },
    // Ours are not on npm yet: without these a manager that is not npm looks for them there.
    ...(manager === 'yarn' && { resolutions: files }),
    allowScripts: { koffi: true, protobufjs: false },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  if (manager === 'pnpm') {
    const overrides = Object.entries(files).map(([name, file]) => `  '${name}': ${file}\n`)
    const builds = 'allowBuilds:\n  koffi: true\n  protobufjs: false\n'
    writeFileSync(join(folder, 'pnpm-workspace.yaml'), `${builds}overrides:\n${overrides.join('')}`)
  }
  copyFileSync(app, join(folder, 'app.cjs'))
}

/** As `tutti versions --write` does it. */
export function pin(folder: string, set: VersionSet, format: FormatName): void {
  const path = join(folder, formats[format].file(set))
  const text = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  writeFileSync(path, formats[format].apply(set, text))
}
