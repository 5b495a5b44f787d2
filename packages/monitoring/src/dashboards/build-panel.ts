import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/bargauge'
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as HeatmapBuilder } from '@grafana/grafana-foundation-sdk/heatmap'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { Panel, Query } from './panel.ts'

/** The data source that a viewer chose. */
export const source = { type: 'prometheus', uid: '$datasource' }
const panelHeight = 8
const statHeight = 4

type AnyPanelBuilder = LinesBuilder | StatBuilder | HeatmapBuilder | TableBuilder | BarsBuilder

/** A panel as Grafana has it. */
export function buildPanel(panel: Panel): AnyPanelBuilder {
  const builder = kinds[panel.kind](panel)
    .title(panel.title)
    .description(panel.description)
    .datasource(source)
    .span(panel.width ?? 12)
    .height(panel.kind === 'stat' && !panel.isTall ? statHeight : panelHeight)
    .unit(panel.unit)
    .targets(panel.queries.map((each, index) => target(each, panel, index)))
  const steps = stepsOf(panel)
  if (steps === undefined) return builder
  return builder.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
}

/** Left to itself Grafana shows a number that is larger than 80 in red, whatever it is of. */
function stepsOf({ kind, alarming, alarmingBelow }: Panel): Threshold[] | undefined {
  if (alarming !== undefined)
    return [
      { value: null, color: 'green' },
      { value: alarming[0], color: 'yellow' },
      { value: alarming[1], color: 'red' },
    ]
  if (alarmingBelow !== undefined)
    return [
      { value: null, color: 'red' },
      { value: alarmingBelow[1], color: 'yellow' },
      { value: alarmingBelow[0], color: 'green' },
    ]
  return kind === 'stat' || kind === 'bars' ? [{ value: null, color: 'blue' }] : undefined
}

const lastValue = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull'])

const kinds: Record<Panel['kind'], (panel: Panel) => AnyPanelBuilder> = {
  lines: ({ stacked, alarming, alarmingBelow }) => {
    const lines = new LinesBuilder()
      .fillOpacity(stacked ? 30 : 10)
      .axisSoftMin(0)
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.Table)
          .placement(LegendPlacement.Bottom)
          .showLegend(true)
          .calcs(['lastNotNull', 'max'])
          .sortBy('Max')
          .sortDesc(true),
      )
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    if (alarming || alarmingBelow)
      lines.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
    return stacked ? lines.stacking(new StackingConfigBuilder().mode(StackingMode.Normal)) : lines
  },
  stat: () => new StatBuilder().reduceOptions(lastValue()),
  heatmap: () => new HeatmapBuilder().calculate(false),
  table: () =>
    new TableBuilder()
      // All rows have the same time.
      .withTransformation({ id: 'organize', options: { excludeByName: { Time: true } } })
      .sortBy([new TableSortByFieldStateBuilder().displayName('Value').desc(true)]),
  bars: () => new BarsBuilder().reduceOptions(lastValue()).min(0).max(1),
}

function target({ expr, legend }: Query, { kind }: Panel, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId('ABCDEFGH'[index]!)
    .datasource(source)
    .expr(expr)
    .legendFormat(legend)
  if (kind === 'heatmap') return query.range().format(PromQueryFormat.Heatmap)
  return kind === 'table' ? query.instant().format(PromQueryFormat.Table) : query.range()
}
