import type { Severity } from './finding.ts'

/** What a code means, wherever it is found. */
export interface Rule {
  readonly severity: Severity
  /** What is found, a few words. */
  readonly title: string
  /** What comes of it, sentences. */
  readonly why: string
  /** What to do, sentences; what is found says it with its own names. */
  readonly mend: string
  /** What --fix does; absent: nothing. */
  readonly fix?: string
}

export type Code =
  | 'TUTTI001'
  | 'TUTTI002'
  | 'TUTTI101'
  | 'TUTTI102'
  | 'TUTTI103'
  | 'TUTTI104'
  | 'TUTTI105'
  | 'TUTTI106'
  | 'TUTTI107'
  | 'TUTTI108'
  | 'TUTTI109'
  | 'TUTTI201'
  | 'TUTTI202'
  | 'TUTTI203'
  | 'TUTTI204'
  | 'TUTTI205'
  | 'TUTTI206'
  | 'TUTTI207'
  | 'TUTTI211'
  | 'TUTTI212'
  | 'TUTTI213'
  | 'TUTTI214'
  | 'TUTTI215'
  | 'TUTTI301'
  | 'TUTTI302'
  | 'TUTTI303'
  | 'TUTTI304'
  | 'TUTTI305'
  | 'TUTTI306'

/**
 * Every code, for good: a code is never given another meaning, and one that is dropped is not used again.
 * docs/reference/doctor.md is generated from this table (`npm run reference`).
 */
export const RULES: Readonly<Record<Code, Rule>> = {
  TUTTI001: {
    severity: 'error',
    title: 'package.json can not be read',
    why: 'Nothing of the service can be examined, and npm can not install it.',
    mend: 'Correct the JSON; `npm pkg get name` says where it is wrong.',
  },
  TUTTI002: {
    severity: 'note',
    title: 'nothing is installed and there is no lock file',
    why: 'Copies, peers, ranges and engines of packages are not looked at.',
    mend: 'Install the dependencies, or have package-lock.json, pnpm-lock.yaml or yarn.lock beside package.json or above.',
  },
  TUTTI101: {
    severity: 'warning',
    title: 'a Node that is not supported',
    why: 'Metrics are recorded as far as that Node goes: what is missing is missing silently.',
    mend: 'Run a Node of the range that the set supports, or choose the set `node20` in package.json (`"tutti": {"set": "node20"}`).',
  },
  TUTTI102: {
    severity: 'error',
    title: 'a Node outside of `engines`',
    why: 'A package says that it does not run there; npm only warns of it, and what breaks breaks when it is used.',
    mend: 'Run a Node of that range, or correct `engines`.',
  },
  TUTTI103: {
    severity: 'warning',
    title: 'several copies of the API',
    why: 'They all record as long as none is newer than what the preload registers; the next update of one may end that.',
    mend: 'Have one version for all: an override in the package.json at the top, or a set of @tutti/versions.',
  },
  TUTTI104: {
    severity: 'warning',
    title: 'several copies of the SDK',
    why: 'Classes of one copy are not those of another: `instanceof` fails, and what is registered with one is unknown to the other. Each costs memory and time at the start.',
    mend: 'Have one version for all: an override in the package.json at the top, or a set of @tutti/versions.',
  },
  TUTTI105: {
    severity: 'error',
    title: 'a copy of the API that is newer than the registered one',
    why: 'The API gives a copy nothing that is registered by an older one, or by one of another major: all that it records is lost, silently.',
    mend: 'Have one version for all: an override in the package.json at the top, or a set of @tutti/versions.',
  },
  TUTTI106: {
    severity: 'error',
    title: 'a peer that is missing or outside of its range',
    why: 'The package is used with something that it was not made for; npm --force and --legacy-peer-deps install it all the same.',
    mend: 'Install the peer in that range.',
  },
  TUTTI107: {
    severity: 'warning',
    title: 'a library outside of the supported range',
    why: 'Its metrics may be missing or wrong; nothing says so when it runs.',
    mend: 'Use a version of the range, or switch its instrumentation off by OTEL_NODE_DISABLED_INSTRUMENTATIONS.',
  },
  TUTTI108: {
    severity: 'warning',
    title: 'drift from the chosen set',
    why: 'The versions of a set are tested together; others are not.',
    mend: 'Pin the versions of the set, as @tutti/versions emits them, then install.',
    fix: 'Writes the version of the set into package.json where it is a direct dependency.',
  },
  TUTTI109: {
    severity: 'error',
    title: 'the preload is used and not a dependency',
    why: 'Node ends at once with "Cannot find module" where it is not installed, as after `npm ci --omit=dev`.',
    mend: 'npm install @tutti/preload',
    fix: 'Moves it from devDependencies to dependencies.',
  },
  TUTTI201: {
    severity: 'error',
    title: 'a start script without the preload',
    why: 'Nothing is recorded.',
    mend: 'node --require @tutti/preload server.js',
    fix: 'Adds the flag where the script starts node, tsx or a tool by itself.',
  },
  TUTTI202: {
    severity: 'error',
    title: 'a Dockerfile without the preload',
    why: 'Nothing is recorded where the image runs.',
    mend: 'CMD ["node", "--require", "@tutti/preload", "server.js"], or ENV NODE_OPTIONS="--require @tutti/preload".',
    fix: 'Adds the flag to CMD or ENTRYPOINT.',
  },
  TUTTI203: {
    severity: 'error',
    title: 'a Kubernetes container without the preload',
    why: "The command of the manifest takes the place of the image's; nothing is recorded.",
    mend: 'Add `--require @tutti/preload` to its command, or NODE_OPTIONS to its env.',
    fix: 'Adds the flag to command or args.',
  },
  TUTTI204: {
    severity: 'error',
    title: 'a compose service without the preload',
    why: "The command of the file takes the place of the image's; nothing is recorded.",
    mend: 'Add `--require @tutti/preload` to its command, or NODE_OPTIONS to its environment.',
    fix: 'Adds the flag to the command.',
  },
  TUTTI205: {
    severity: 'error',
    title: 'an ECS container without the preload',
    why: "The command of the task definition takes the place of the image's; nothing is recorded.",
    mend: 'Add `--require`, `@tutti/preload` to its command, or NODE_OPTIONS to its environment.',
    fix: 'Adds the flag to the command.',
  },
  TUTTI206: {
    severity: 'error',
    title: 'a PM2 app without the preload',
    why: 'Nothing is recorded.',
    mend: "node_args: '--require @tutti/preload'",
    fix: 'Adds node_args.',
  },
  TUTTI207: {
    severity: 'error',
    title: 'a Procfile without the preload',
    why: 'Nothing is recorded.',
    mend: 'web: node --require @tutti/preload server.js',
    fix: 'Adds the flag.',
  },
  TUTTI211: {
    severity: 'warning',
    title: 'an ESM entry whose OpenTelemetry instrumentations have no import hook',
    why: "OpenTelemetry's instrumentations wrap `require`, which `import` does not call: libraries that are imported have no spans and no routes. The preload needs no hook, and installs it by itself when traces are asked for.",
    mend: 'Start with --require @tutti/preload and OTEL_TRACES_EXPORTER, or add --import of a file that registers @opentelemetry/instrumentation/hook.mjs.',
  },
  TUTTI212: {
    severity: 'warning',
    title: 'the preload is imported by the app',
    why: 'Imports beside it may run first, and what they load then is not measured; worker processes get it too late as well.',
    mend: 'Give it to node: --require @tutti/preload.',
  },
  TUTTI213: {
    severity: 'warning',
    title: 'two SDKs in one process',
    why: 'Only one of them can be the global MeterProvider, and HTTP, databases and caches are measured twice.',
    mend: 'Leave the other one out. Traces and logs are on with OTEL_TRACES_EXPORTER and OTEL_LOGS_EXPORTER.',
  },
  TUTTI214: {
    severity: 'warning',
    title: 'the entry is a bundle with instrumented libraries in it',
    why: 'A library inside a bundle is no file of its own, so nothing can hook it: its metrics are missing.',
    mend: 'Leave packages out of the bundle (esbuild: --packages=external; webpack and Rollup: externals).',
  },
  TUTTI215: {
    severity: 'warning',
    title: 'a library is loaded before the preload',
    why: 'What was loaded before is not seen: its metrics are missing. The preload says so, too, when the app starts.',
    mend: 'Put --require @tutti/preload first.',
  },
  TUTTI301: {
    severity: 'warning',
    title: 'the service has no name',
    why: 'Its metrics come as `unknown_service:node`, beside those of everybody else who has none.',
    mend: 'Set OTEL_SERVICE_NAME, or `name` in package.json.',
  },
  TUTTI302: {
    severity: 'warning',
    title: 'a variable that changes nothing',
    why: 'What it was meant to do does not happen.',
    mend: 'Unset it, or correct the name.',
  },
  TUTTI303: {
    severity: 'warning',
    title: 'the page is on the loopback address of a container',
    why: 'The port is let out, but nobody outside of the container can reach what listens on 127.0.0.1.',
    mend: 'Set OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0 there, and see docs/securing-the-endpoint.md.',
  },
  TUTTI304: {
    severity: 'error',
    title: 'a PrometheusExporter in every worker of a cluster',
    why: 'Workers share its port: every scrape hits another worker, so counters jump; or the port is in use, and it fails silently.',
    mend: 'Leave it out: the preload serves one page for all workers.',
  },
  TUTTI305: {
    severity: 'error',
    title: 'two services with one port for their pages',
    why: 'The second gets "address in use", and has no page.',
    mend: 'Give each its own OTEL_EXPORTER_PROMETHEUS_PORT, or make them one service by TUTTI_DIR.',
  },
  TUTTI306: {
    severity: 'warning',
    title: 'views that overlap',
    why: 'Each view that selects an instrument makes a stream of it: two of one name contradict each other on the page, and what one view drops the other still records.',
    mend: 'Make each instrument fit one view, or give the streams different names.',
  },
}

export const CODES: readonly Code[] = Object.keys(RULES) as Code[]
