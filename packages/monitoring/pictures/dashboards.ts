import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deployFolder } from '../test/deploy-folder.ts'
import type { FilledDashboard, FilledPanel } from './content.ts'

/** A panel that nobody has asked Prometheus for yet. */
export interface EmptyPanel extends Omit<FilledPanel, 'lines'> {
  targets: { expr: string; legend: string; isInstant: boolean }[]
}

export interface EmptyDashboard extends Omit<FilledDashboard, 'panels' | 'range'> {
  panels: EmptyPanel[]
}

interface GrafanaPanel {
  title: string
  type: FilledPanel['kind']
  gridPos: FilledPanel['place']
  targets?: { expr: string; legendFormat: string; instant?: boolean }[]
  fieldConfig?: {
    defaults: {
      unit?: string
      thresholds?: { steps: FilledPanel['steps'] }
      custom?: { stacking?: { mode: string }; thresholdsStyle?: { mode: string } }
    }
  }
}

/** The dashboards as they are shipped. Throws for a kind of panel that nobody can draw here. */
export function readDashboards(): EmptyDashboard[] {
  const folder = join(deployFolder, 'grafana/dashboards')
  return readdirSync(folder).map(file => {
    const { title, description, panels } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return { slug: file.split('.').at(-2)!, title, description, panels: panels.map(readPanel) }
  })
}

const kinds = ['row', 'timeseries', 'stat', 'heatmap', 'table', 'bargauge']

function readPanel({ title, type, gridPos, targets = [], fieldConfig }: GrafanaPanel): EmptyPanel {
  if (!kinds.includes(type)) throw new Error(`"${title}" is a ${type}; there is nobody to draw one.`)
  const { unit = 'short', thresholds, custom } = fieldConfig?.defaults ?? {}
  return {
    ...{ title, kind: type, place: gridPos, unit },
    isStacked: custom?.stacking?.mode === 'normal',
    showsThresholds: custom?.thresholdsStyle?.mode === 'dashed',
    steps: thresholds?.steps ?? [],
    targets: targets.map(({ expr, legendFormat, instant = false }) => {
      return { expr, legend: legendFormat, isInstant: instant }
    }),
  }
}
