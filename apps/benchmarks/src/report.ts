import { crowdSection } from './crowd/report.ts'
import type { CrowdResult } from './crowd/run.ts'
import { formatsSection } from './formats/report.ts'
import type { FormatsResult } from './formats/run.ts'
import { growthSection } from './growth/report.ts'
import type { GrowthResult } from './growth/run.ts'
import { hotPathSection } from './hot-path/report.ts'
import type { HotPathResult } from './hot-path/run.ts'
import type { Machine } from './machine.ts'
import { memorySection } from './memory/report.ts'
import type { MemoryResult } from './memory/run.ts'
import { packageNames, peers, versionOf } from './peers.ts'
import { pythonSection } from './python/report.ts'
import type { PythonResult } from './python/run.ts'
import { scrapeSection } from './scrape/report.ts'
import type { ScrapeResult } from './scrape/run.ts'
import { startUpSection } from './start-up/report.ts'
import type { StartUpResult } from './start-up/run.ts'
import { throughputSection } from './throughput/report.ts'
import type { ThroughputResult } from './throughput/run.ts'

export interface Results {
  machine: Machine
  hotPath: HotPathResult | undefined
  crowd: CrowdResult | undefined
  scrape: ScrapeResult | undefined
  growth: GrowthResult | undefined
  formats: FormatsResult | undefined
  python: PythonResult | undefined
  startUp: StartUpResult | undefined
  memory: MemoryResult | undefined
  throughput: ThroughputResult | undefined
}

/** The whole report as Markdown that also reads well in a terminal. Every figure comes from this one run. */
export function report(results: Results): string {
  const { machine, hotPath, crowd, scrape, growth, formats, python, startUp, memory, throughput } = results
  return [
    '# Benchmark results',
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    peers.map(peer => `${packageNames[peer]} ${versionOf(packageNames[peer])}`).join(', '),
    '',
    ...(hotPath ? hotPathSection(hotPath, machine) : []),
    ...(crowd ? crowdSection(crowd) : []),
    ...(scrape ? scrapeSection(scrape) : []),
    ...(growth ? growthSection(growth) : []),
    ...(formats ? formatsSection(formats) : []),
    ...(python ? pythonSection(python, hotPath) : []),
    ...(startUp ? startUpSection(startUp) : []),
    ...(memory ? memorySection(memory) : []),
    ...(throughput ? throughputSection(throughput) : []),
  ].join('\n')
}
