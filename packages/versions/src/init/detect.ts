import { basename, dirname, join } from 'node:path'
import { finalLaunch } from '../doctor/launches/final-launch.ts'
import { isBroken, type Service } from '../doctor/service.ts'
import { findEntry, isModule } from '../doctor/source/entry.ts'
import { readText } from '../doctor/source/read-text.ts'

/** What the service is, and what follows from that and no edit can do. */
export function detect(service: Service, hasChanges: boolean): { detected: string[]; steps: string[] } {
  const { manifest, launches, files } = service
  const all = { ...manifest.value.devDependencies, ...manifest.value.dependencies }
  const entries = launches.flatMap(
    launch => findEntry(service, finalLaunch(launch, service)?.command?.entry) ?? [],
  )
  const isEsm = entries.length > 0 ? entries.some(isModule) : manifest.value.type === 'module'
  const config = files.find(file => /^next\.config\.[cm]?[jt]s$/.test(basename(file)))
  const isStandalone = /output\s*:\s*['"]standalone['"]/.test(readText(config ?? '') ?? '')
  const isTypeScript = all.typescript !== undefined || files.some(file => basename(file) === 'tsconfig.json')
  const detected = [
    isEsm ? 'ECMAScript modules' : 'CommonJS',
    ...(isTypeScript ? ['TypeScript'] : []),
    ...(all.next === undefined ? [] : [isStandalone ? 'Next.js, standalone' : 'Next.js']),
    ...new Set(launches.map(({ kind }) => NAMES[kind])),
  ]
  const steps: string[] = []
  if (hasChanges && !isBroken(service)) steps.push(`Run ${installCommand(service.folder)}.`)
  if (isStandalone)
    steps.push(
      'next build does not copy the preload: npm install --prefix .next/standalone --no-save @tutti/preload',
    )
  if (launches.length === 0 && manifest.value.main === undefined)
    steps.push('Nothing here starts the service: start it by node --require @tutti/preload <file>.')
  return { detected, steps }
}

const NAMES = {
  script: 'a start script',
  dockerfile: 'a Dockerfile',
  kubernetes: 'Kubernetes',
  compose: 'compose',
  ecs: 'ECS',
  pm2: 'PM2',
  procfile: 'a Procfile',
} as const

function installCommand(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (readText(join(above, 'pnpm-lock.yaml')) !== undefined) return 'pnpm install'
    if (readText(join(above, 'yarn.lock')) !== undefined) return 'yarn install'
    if (readText(join(above, 'package-lock.json')) !== undefined || dirname(above) === above)
      return 'npm install'
  }
}
