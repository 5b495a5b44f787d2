import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Dashboard as GrafanaDashboard,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { recorded } from '../names/recorded.ts'
import type { Monitored } from '../options.ts'
import { buildPanel, source } from './build-panel.ts'
import type { Dashboard } from './panel.ts'
import { uidOf } from './uid.ts'

/** What Grafana's provisioning reads. */
export function buildDashboard(dashboard: Dashboard, { job, title }: Monitored): GrafanaDashboard {
  const builder = new DashboardBuilder(`${title} / ${dashboard.title}`)
    .uid(uidOf(job, dashboard.slug))
    .description(dashboard.description)
    .tags(['tutti', job])
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags(['tutti', job])
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(chooser('job', 'Job', `label_values(target_info, job)`).current({ text: job, value: job }))
    .withVariable(
      chooser('instance', 'Instance', `label_values(up{job=~"$job"}, instance)`)
        .multi(true)
        .includeAll(true)
        .allValue('.*'),
    )
  if (JSON.stringify(dashboard).includes('$route')) {
    const routes = `label_values(${recorded.httpServerDuration.family}_count{job=~"$job"}, http_route)`
    // What matched no route has none.
    builder.withVariable(chooser('route', 'Route', routes).multi(true).includeAll(true).allValue('.*'))
  }
  // Links to a panel name its id.
  let id = 0
  for (const row of dashboard.rows) {
    builder.withRow(new RowBuilder(row.title).id(++id))
    for (const panel of row.panels) builder.withPanel(buildPanel(panel).id(++id))
  }
  return builder.build()
}

function chooser(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(source)
    .query({ query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
}
