import type { Catalog, CatalogInstrument, CatalogLabel } from './catalog.ts'
import type { Finding, Limits } from './finding.ts'
import { complaintsOfLabel, looksLikeIdentifier } from './label-rules.ts'
import { type Complaint, complaintsOfName } from './name-rules.ts'

/** What is amiss with catalogs, before anything is recorded. Findings are by the name on the page. */
export function lintCatalog(catalogs: readonly Catalog[], limits: Limits): Finding[] {
  const seen = new Map<string, string>()
  return catalogs.flatMap(({ name, instruments }) =>
    instruments.flatMap(instrument => {
      const metric = instrument.prometheusName
      const owner = seen.get(metric)
      seen.set(metric, name)
      return [...(owner === undefined ? [] : [clash(owner)]), ...complaintsOf(instrument, limits)].map(
        complaint => ({
          metric,
          ...complaint,
        }),
      )
    }),
  )
}

function clash(owner: string): Complaint {
  return { code: 'name-clash', problem: `${owner} has one of this name, too`, mend: 'Rename one of them.' }
}

function complaintsOf(instrument: CatalogInstrument, limits: Limits): Complaint[] {
  const { prometheusName, kind, description, unit, labels } = instrument
  const type = kind.toLowerCase()
  return [
    ...complaintsOfName(prometheusName, type),
    ...unitComplaints(unit),
    ...(description === ''
      ? [
          {
            code: 'help-missing' as const,
            problem: 'it has no description',
            mend: 'Describe it in a sentence.',
          },
        ]
      : []),
    ...labels.flatMap(label => labelComplaints(label, type, limits)),
    ...cardinality(instrument, limits),
  ]
}

/** UCUM's base units, as OpenTelemetry's conventions want them. */
const BASE: Readonly<Record<string, string>> = {
  ...{ ms: 's', us: 's', ns: 's', min: 's', h: 's', d: 's' },
  ...{ KBy: 'By', MBy: 'By', GBy: 'By', KiBy: 'By', MiBy: 'By', GiBy: 'By', '%': '1' },
}
const NAMES: Readonly<Record<string, string>> = {
  ...{ seconds: 's', second: 's', sec: 's', milliseconds: 's', bytes: 'By', byte: 'By', percent: '1' },
}

function unitComplaints(unit: string): Complaint[] {
  if (BASE[unit] !== undefined)
    return [{ code: 'unit-base', problem: `its unit is "${unit}"`, mend: `Record in "${BASE[unit]}".` }]
  if (NAMES[unit] === undefined) return []
  return [
    {
      code: 'unit-name',
      problem: `its unit is "${unit}", which UCUM does not know`,
      mend: `Write "${NAMES[unit]}".`,
    },
  ]
}

function labelComplaints(label: CatalogLabel, type: string, { maxValues }: Limits): Complaint[] {
  // Dots become underscores on the page.
  const complaints = complaintsOfLabel(label.name.replaceAll('.', '_'), type)
  const count = label.values?.length ?? label.limit ?? 0
  if (count > maxValues)
    complaints.push({
      code: 'label-values',
      problem: `label ${label.name} may have ${count} values`,
      mend: `Tell apart at most ${maxValues}, and let the rest be "other".`,
    })
  const [found] = (label.values ?? []).flatMap(value => looksLikeIdentifier(value) ?? [])
  if (found !== undefined)
    complaints.push({
      code: 'label-identifier',
      problem: `a value of label ${label.name} looks like ${found}`,
      mend: 'Leave it out, or put it in a log or a trace.',
    })
  return complaints
}

/** Every combination may come to be; `maxSeries` would then count together what nobody told apart. */
function cardinality({ labels }: CatalogInstrument, { maxSeries }: Limits): Complaint[] {
  const product = labels.reduce((count, { values, limit }) => count * (values?.length ?? limit ?? 1), 1)
  if (product <= maxSeries) return []
  const problem = `its labels allow ${product} series, more than ${maxSeries}`
  return [{ code: 'cardinality', problem, mend: 'Leave out the label with the most values, or list fewer.' }]
}
