import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { deployFolder } from '../deploy-folder.ts'

export interface NamedQuery {
  /** Where it is: `workers / Alive`. */
  name: string
  expr: string
}

interface Target {
  expr: string
}

interface GrafanaPanel {
  type: string
  title: string
  targets?: Target[]
}

/** Every query of every panel, as Grafana would send it with everything chosen. */
export function panelQueries(job: string, range: string): NamedQuery[] {
  return textsIn('grafana/dashboards', '.json').flatMap(({ name, text }) => {
    const { panels } = JSON.parse(text) as { panels: GrafanaPanel[] }
    const slug = name.split('.').at(-2)!
    return panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ name: `${slug} / ${title}`, expr: chosen(expr, job, range) })),
    )
  })
}

export function chosen(expr: string, job: string, range: string): string {
  const filled = expr
    .replaceAll('$__rate_interval', range)
    .replaceAll('$job', job)
    .replaceAll('$instance', '.*')
    .replaceAll('$route', '.*')
  if (filled.includes('$')) throw new Error(`A variable is not filled in: ${filled}`)
  return filled
}

interface RuleFile {
  groups: { rules: { record?: string; alert?: string; expr: string; labels?: Record<string, string> }[] }[]
}

/**
 * Every recording, and what every alert looks at: its comparisons are taken off, because an alert that is silent is an
 * empty answer, and one that looks at nothing is one as well.
 */
export function ruleQueries(): NamedQuery[] {
  const rules = textsIn('prometheus/rules', '.yml').flatMap(({ text }) =>
    (parse(text) as RuleFile).groups.flatMap(group => group.rules),
  )
  return rules.flatMap(({ record, alert, expr, labels }) => {
    if (record !== undefined) return [{ name: [record, labels?.slo].filter(Boolean).join(' '), expr }]
    const name = [alert, labels?.metric, labels?.slo].filter(Boolean).join(' ')
    return expr.split('\nand\n').map(part => ({ name, expr: withoutComparison(part) }))
  })
}

function withoutComparison(expr: string): string {
  return expr.replace(/ (?:>|<|==) [\d.e* -]+$/, '')
}

/** What is shipped. */
function textsIn(folder: string, extension: string): { name: string; text: string }[] {
  const path = join(deployFolder, folder)
  return readdirSync(path)
    .filter(name => name.endsWith(extension))
    .map(name => ({ name, text: readFileSync(join(path, name), 'utf8') }))
}
