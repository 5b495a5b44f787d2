import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, type ProjectReflection } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { parsePage } from '../pages/read-page.ts'
import { repository } from '../repository.ts'
import { type EntryPoint, entryPoints } from './entry-points.ts'
import { madeFrom, type ReferencePage } from './page.ts'
import { table } from './table.ts'

/** docs/reference/api.md and one page for each entry of a published package, from the declarations that are published. */
export async function apiPages(): Promise<ReferencePage[]> {
  const entries = entryPoints()
  const folder = mkdtempSync(join(tmpdir(), 'tutti-api-'))
  try {
    const app = await typedoc(entries, folder)
    const project = await app.convert()
    if (project === undefined)
      throw new Error('typedoc found nothing. Build the packages first: npm run build')
    nameModules(project, entries)
    await app.outputs.writeOutput({ name: 'markdown', path: join(folder, 'out') }, project)
    return [index(entries), ...entries.map(entry => pageOf(entry, join(folder, 'out', `${entry.page}.md`)))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function typedoc(entries: EntryPoint[], folder: string): Promise<Application> {
  const tsconfig = join(folder, 'tsconfig.json')
  const base = join(repository, 'tsconfig.base.json')
  // Found as the packages find them, though this file lies elsewhere.
  const typeRoots = [join(repository, 'node_modules/@types')]
  const files = entries.map(({ types }) => types)
  writeFileSync(tsconfig, JSON.stringify({ extends: base, compilerOptions: { typeRoots }, files }))
  const markdown: Partial<PluginOptions> = {
    ...{
      outputFileStrategy: 'modules',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      hideGroupHeadings: true,
    },
    ...{ parametersFormat: 'table', interfacePropertiesFormat: 'table', typeDeclarationFormat: 'table' },
    ...{ propertiesFormat: 'table', enumMembersFormat: 'table', useCodeBlocks: true },
  }
  return Application.bootstrapWithPlugins({
    ...{ plugin: ['typedoc-plugin-markdown'], entryPoints: files, tsconfig, logLevel: 'Error' },
    ...{ readme: 'none', disableSources: true, excludePrivate: true, excludeInternal: true },
    ...{ excludeExternals: true, skipErrorChecking: true, hideGenerator: true },
    // Else it makes docs/.nojekyll wherever it is started.
    githubPages: false,
    ...markdown,
  })
}

/** Until then a module is named by its file, and its page by the module. */
function nameModules(project: ProjectReflection, entries: EntryPoint[]): void {
  const pages = new Map(entries.map(({ types, page }) => [types, page]))
  for (const module of project.children ?? [])
    module.name = pages.get(project.files.getReflectionPath(module) ?? '') ?? module.name
}

function index(entries: EntryPoint[]): ReferencePage {
  return {
    path: 'docs/reference/api.md',
    text: `${madeFrom('the packages that are published')}

# API

What each package exports, from its published declarations. Values and errors are in the docstrings, which an editor shows
as well; how to begin is in the packages' READMEs.

${table(
  ['import', 'what it is'],
  entries.map(({ name, page, description }) => [`[\`${name}\`](api/${page}.md)`, description]),
)}

\`@tutti/preload\` is loaded with \`--require\` or \`--import\` and exports nothing; \`@tutti/cli\` is [a command](cli.md).
\`@tutti/aggregator/record\` is the part of \`@tutti/aggregator\` that only records. \`@tutti/business-metrics/prom-client\` has prom-client's API:
[what differs](../guides/migrate-from-prom-client.md#what-is-different).
`,
  }
}

function pageOf({ name, page }: EntryPoint, file: string): ReferencePage {
  const path = `docs/reference/api/${page}.md`
  const body = readFileSync(file, 'utf8')
    .replace(/^# .*$/m, `# ${name}`)
    .trimEnd()
  return { path, text: `${madeFrom(`the declarations of ${name}`)}\n\n${withLinksThatLead(path, body)}\n` }
}

/** The plugin numbers some links as if their heading were there twice. */
function withLinksThatLead(path: string, text: string): string {
  const { anchors } = parsePage(path, text)
  return text.replaceAll(/\]\(#([\w-]+?)-\d+\)/g, (link, anchor: string) => {
    return anchors.has(link.slice(3, -1)) || !anchors.has(anchor) ? link : `](#${anchor})`
  })
}
