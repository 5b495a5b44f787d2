import { parse } from 'shell-quote'

/** A command that ends in Node running something. */
export interface NodeCommand {
  /** `tool`: another program that starts Node with the app, so only NODE_OPTIONS reaches it. `script`: of package.json. */
  readonly runner: 'node' | 'script' | 'tool' | 'pm2'
  /** The program as it is written: `node`, `tsx`, `next`. */
  readonly program: string
  /** What `--require` and `--import` name, NODE_OPTIONS of the same line included. */
  readonly preloaded: readonly Preloaded[]
  /** The script, or the file that PM2 is given. */
  readonly entry?: string
  /** The script of package.json. */
  readonly script?: string
  /** What the line itself sets. */
  readonly variables: Readonly<Record<string, string>>
}

export interface Preloaded {
  readonly how: 'require' | 'import' | 'loader'
  readonly name: string
}

/** Reads a shell's line or the words of one; undefined where it starts no Node that we know of. */
export function readCommand(command: string | readonly string[]): NodeCommand | undefined {
  if (typeof command !== 'string') return readWords(unwrapShell(command))
  const found = splitCommands(command).map(readWords)
  return found.findLast(each => each !== undefined)
}

/** The same for what the image of Node is given: its entrypoint runs `node` with it. */
export function readArguments(words: readonly string[]): NodeCommand | undefined {
  if (!/^-|\.[cm]?[jt]s$/.test(words[0] ?? '') || readCommand(words) !== undefined) return undefined
  const command = readCommand(['node', ...words])
  // Others' programs have options, too, but no script.
  return /\.[cm]?[jt]s$/.test(command?.entry ?? '') ? command : undefined
}

/** `sh -c "..."`: the line counts. */
function unwrapShell(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word, index) => index > 0 && /^-\w*c$/.test(word) && isShell(words[index - 1]!))
  const line = at === -1 ? undefined : words[at + 1]
  return line === undefined
    ? words
    : (splitCommands(line).findLast(each => readWords(each) !== undefined) ?? words)
}

function isShell(word: string): boolean {
  return /(?:^|\/)(?:ba|da|a|z)?sh$/.test(word)
}

/** The commands between `&&`, `;` and the like, as words. Variables stay as they are written. */
export function splitCommands(line: string): string[][] {
  const commands: string[][] = [[]]
  for (const part of parseLine(line)) {
    if (typeof part === 'string') commands.at(-1)!.push(part)
    else if ('op' in part && part.op === 'glob') commands.at(-1)!.push(part.pattern)
    else commands.push([])
  }
  return commands.filter(words => words.length > 0)
}

/** A line that no shell would take either has no words. */
function parseLine(line: string): ReturnType<typeof parse> {
  try {
    return parse(line, name => `$${name}`)
  } catch {
    return []
  }
}

const WRAPPERS =
  /^(?:exec|env|cross-env|cross-env-shell|dotenv|dotenvx|run|--|dumb-init|tini|catchsegv|time|nice|npx|pnpx|bunx|-g|-s|-y|--yes|-p|nohup|su-exec|gosu|sudo)$/
const NODE = /^(?:node|nodejs|tsx|ts-node|ts-node-esm|ts-node-dev|swc-node|babel-node|esr)(?:\.exe)?$/
const TOOLS =
  /^(?:next|nest|nuxt|nuxi|fastify|remix-serve|react-router-serve|strapi|medusa|keystone|sails|feathers|moleculer-runner|functions-framework|probot|astro)$/
const MANAGERS = /^(?:npm|pnpm|yarn)$/
const PM2 = /^(?:pm2|pm2-runtime|pm2-docker)$/
/** Of these only `start` runs what was built. */
const DEVELOPS = /^(?:dev|develop|build|lint|export|generate|info|telemetry|new|add|update|test|watch)$/

function readWords(words: readonly string[]): NodeCommand | undefined {
  const variables: Record<string, string> = {}
  for (const [at, word] of words.entries()) {
    const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(word)
    const program = word.replace(/^.*\//, '')
    const rest = words.slice(at + 1)
    if (assigned !== null) variables[assigned[1]!] = assigned[2]!
    else if (NODE.test(program)) return readNode(program, rest, variables)
    else if (PM2.test(program)) return readPm2(program, rest, variables)
    else if (MANAGERS.test(program)) return readManager(program, rest, variables)
    else if (TOOLS.test(program))
      return DEVELOPS.test(rest[0] ?? '') ? undefined : bare('tool', program, variables)
    else if (!WRAPPERS.test(program) && !word.startsWith('-') && !isValueOfWrapper(words[at - 1]))
      return undefined
  }
  return undefined
}

/** `gosu user node ...`, `dotenv -e .env node ...` */
function isValueOfWrapper(before: string | undefined): boolean {
  return before !== undefined && (/^-+\w/.test(before) || /(?:^|\/)(?:su-exec|gosu)$/.test(before))
}

const WITH_VALUE =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--env-file-if-exists|--max-old-space-size|--title|--tsconfig|-P|--project|--inspect-port|--stack-trace-limit|--cpu-prof-dir|--disable-warning|--icu-data-dir|--openssl-config|--dns-result-order|--diagnostic-dir)$/
/** What then runs is no service. */
const NO_SERVICE =
  /^(?:-e|--eval|-p|--print|--test|--check|-c|-v|--version|--run|--build-snapshot|--build-sea)(?:=|$)/

function readNode(
  program: string,
  words: readonly string[],
  variables: Record<string, string>,
): NodeCommand | undefined {
  const preloaded = readNodeOptions(variables.NODE_OPTIONS)
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (NO_SERVICE.test(word)) return undefined
    if (!word.startsWith('-')) {
      if (program === 'tsx' && word === 'watch') return undefined
      return { runner: 'node', program, preloaded, entry: word, variables }
    }
    const [flag = '', value] = word.split(/=(.*)/s)
    const next = value ?? words[at + 1]
    const how = howOf(flag)
    if (how !== undefined && next !== undefined) preloaded.push({ how, name: next })
    if (value === undefined && WITH_VALUE.test(flag)) at++
  }
  return { runner: 'node', program, preloaded, variables }
}

function howOf(flag: string): Preloaded['how'] | undefined {
  if (flag === '-r' || flag === '--require') return 'require'
  if (flag === '--import') return 'import'
  return flag === '--loader' || flag === '--experimental-loader' ? 'loader' : undefined
}

/** What NODE_OPTIONS preloads. */
export function readNodeOptions(text: string | undefined): Preloaded[] {
  const words = splitCommands(text ?? '').flat()
  return words.flatMap((word, at) => {
    const [flag = '', value = words[at + 1]] = word.split(/=(.*)/s)
    const how = howOf(flag)
    return how === undefined || value === undefined ? [] : [{ how, name: value }]
  })
}

/** `npm start`, `npm run start:prod`, `yarn serve`; without options that stand before. */
function readManager(
  program: string,
  words: readonly string[],
  variables: Record<string, string>,
): NodeCommand | undefined {
  const [first, second] = words.filter(word => !word.startsWith('-'))
  const script = first === 'run' || first === 'run-script' ? second : first
  if (script === undefined || /^(?:ci|install|i|exec|dlx|test|t|workspace|-w)$/.test(script)) return undefined
  return { ...bare('script', program, variables), script }
}

function readPm2(
  program: string,
  words: readonly string[],
  variables: Record<string, string>,
): NodeCommand | undefined {
  const [first, second] = words.filter(word => !word.startsWith('-'))
  const entry = first === 'start' || first === 'startOrRestart' || first === 'reload' ? second : first
  const given = words.findIndex(word => /^--node-args(?:=|$)/.test(word))
  const options = words[given]?.split(/=(.*)/s)[1] ?? (given === -1 ? undefined : words[given + 1])
  const preloaded = [...readNodeOptions(variables.NODE_OPTIONS), ...readNodeOptions(options)]
  return { runner: 'pm2', program, preloaded, variables, ...(entry !== undefined && { entry }) }
}

function bare(
  runner: NodeCommand['runner'],
  program: string,
  variables: Record<string, string>,
): NodeCommand {
  return { runner, program, preloaded: readNodeOptions(variables.NODE_OPTIONS), variables }
}

const PRELOAD = /(?:^|\/)@tutti\/preload(?:\/|$)/

export function namesPreload(preloaded: readonly Preloaded[]): boolean {
  return preloaded.some(({ how, name }) => how !== 'loader' && PRELOAD.test(name))
}
