import { existsSync } from 'node:fs'
import type { ContenderOptions, TranslationStrategy } from '@tutti/aggregator'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'

/** What the exposer is given, besides its directory. What was not said is left to its defaults. */
export function exposerOptions(given: Given): Omit<ContenderOptions, 'directory'> {
  const path = given.text('path')
  if (path !== undefined && !path.startsWith('/'))
    throw new Failure(`--path is ${JSON.stringify(path)}. Let it begin with a slash: --path /${path}.`)
  const said = {
    host: given.text('host'),
    port: given.number('port', { min: 0, max: 65_535 }),
    path,
    webConfigFile: existing(given, 'web-config-file'),
    bearerTokenFile: existing(given, 'bearer-token-file'),
    console: given.text('console') === 'on' || undefined,
    translationStrategy: given.text('translation-strategy') as TranslationStrategy | undefined,
    constantLabels: some(given.list('constant-label')),
    shownAttributes: some(given.list('shown-attribute')),
    createdTimestamps: given.isOn('created-timestamps') || undefined,
    withoutScopeInfo: given.isOn('without-scope-info') || undefined,
    withoutTargetInfo: given.isOn('without-target-info') || undefined,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** A typing error shall be said at once, not when the directory appears. */
function existing(given: Given, option: string): string | undefined {
  const file = given.text(option)
  if (file !== undefined && !existsSync(file))
    throw new Failure(`--${option}: there is no file ${file}. Name the file that protects the page.`)
  return file
}

function some(list: readonly string[]): string[] | undefined {
  return list.length === 0 ? undefined : [...list]
}
