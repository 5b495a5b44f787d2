import type { Edit } from '../finding.ts'
import {
  constantOf,
  parseSource,
  propertiesOf,
  propertyOf,
  type SyntaxNode,
  walk,
} from '../source/parse-source.ts'
import { readText } from '../source/read-text.ts'
import { FLAG } from './add-preload.ts'
import { type Launch, type Setting, settingOf } from './launch.ts'
import { readNodeOptions } from './node-command.ts'

/** An ecosystem file of PM2: it is read, not run. */
export function fromPm2(file: string): Launch[] {
  const text = readText(file)
  if (text === undefined) return []
  // JSON becomes an expression by its brackets, which are a character before what the file has.
  const isJson = file.endsWith('.json')
  const tree = parseSource(isJson ? `(${text})` : text, file)
  const shift = isJson ? 1 : 0
  const apps = tree === undefined ? undefined : findApps(tree)
  return (apps ?? []).flatMap(app => launchOf(file, app, shift) ?? [])
}

function findApps(tree: SyntaxNode): SyntaxNode[] | undefined {
  for (const node of walk(tree)) {
    const apps = propertyOf(node, 'apps')
    if (apps?.type === 'ArrayExpression') return apps.elements as SyntaxNode[]
  }
  return undefined
}

function launchOf(file: string, app: SyntaxNode, shift: number): Launch | undefined {
  const script = propertyOf(app, 'script') ?? propertyOf(app, 'exec')
  const entry = constantOf(script)
  const interpreter = constantOf(propertyOf(app, 'interpreter'))
  const isNode = interpreter === undefined || /(?:^|\/)(?:node|tsx)$/.test(String(interpreter))
  if (script === undefined || !isNode || /\.(?:sh|py|rb)$/.test(String(entry))) return undefined
  const settings = readSettings(file, app)
  const args = propertiesOf(app).find(([name]) => OPTIONS.test(name))?.[1]
  const given = constantOf(args)
  const options = Array.isArray(given) ? given.join(' ') : String(given ?? '')
  const instances = constantOf(propertyOf(app, 'instances'))
  const mode = constantOf(propertyOf(app, 'exec_mode'))
  const addPreload = addTo(file, script, args, shift)
  return {
    kind: 'pm2',
    label: String(constantOf(propertyOf(app, 'name')) ?? entry),
    file,
    line: script.loc.start.line,
    command: {
      runner: 'node',
      program: 'pm2',
      preloaded: [...readNodeOptions(options), ...readNodeOptions(settings.get('NODE_OPTIONS')?.value)],
      variables: {},
      ...(typeof entry === 'string' && { entry }),
    },
    environment: { settings, isComplete: false },
    ports: [],
    network: `pm2 ${file}`,
    isCluster: mode === 'cluster' || mode === 'cluster_mode' || (instances !== undefined && instances !== 1),
    ...(addPreload !== undefined && { addPreload }),
  }
}

const OPTIONS = /^(?:node_args|nodeArgs|interpreter_args|interpreterArgs|node_arguments)$/

/** `env` and `env_production`; what is there is merged by PM2 only when it is asked for that environment. */
function readSettings(file: string, app: SyntaxNode): Map<string, Setting> {
  const settings = propertiesOf(app)
    .filter(([name]) => name === 'env' || name === 'env_production')
    .flatMap(([, value]) => propertiesOf(value))
    .map(([name, value, property]) => {
      return [name, settingOf(constantOf(value), { file, line: property.loc.start.line })] as const
    })
  return new Map(settings)
}

function addTo(
  file: string,
  script: SyntaxNode,
  args: SyntaxNode | undefined,
  shift: number,
): Edit[] | undefined {
  if (args?.type === 'StringLiteral') {
    const { start, value } = args
    return [{ file, offset: start + 1 - shift, length: 0, text: value === '' ? FLAG : `${FLAG} ` }]
  }
  if (args !== undefined) return undefined
  const text = shift === 1 ? `, "node_args": "${FLAG}"` : `, node_args: '${FLAG}'`
  return [{ file, offset: script.end - shift, length: 0, text }]
}
