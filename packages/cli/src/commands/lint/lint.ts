import { parsePage } from '@tutti/console'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { NAME, nameMatcher } from '../../page/select.ts'
import { pageReader } from '../../source/read-page.ts'
import { chooseSource, describeSource } from '../../source/source.ts'
import { print, printJson } from '../../terminal/print.ts'
import { printable } from '../../terminal/printable.ts'
import { withProgress } from '../../terminal/progress.ts'
import { dim, good, heading, notable } from '../../terminal/style.ts'
import { parseCatalog } from './catalog.ts'
import type { Finding } from './finding.ts'
import { lintCatalog } from './lint-catalog.ts'
import { lintPage } from './lint-page.ts'

export async function run(given: Given): Promise<ExitCode> {
  const limits = {
    maxSeries: given.number('max-series', { min: 1, max: 1e9 }) ?? 1_000,
    maxValues: given.number('max-values', { min: 1, max: 1e9 }) ?? 100,
  }
  const ignored = given.list('ignore')
  const source = chooseSource(given.operands[0])
  const name = describeSource(source)
  const text = await withProgress(`reading ${name}`, pageReader(source, given))
  const catalogs = /^\s*[{[]/.test(text) ? parseCatalog(text, name) : undefined
  const page = catalogs === undefined ? parsePage(text) : undefined
  if (page !== undefined && page.families.length === 0)
    throw new Failure(`${name} holds neither a page nor a catalog. Name what /metrics or describe() says.`)
  const all = page === undefined ? lintCatalog(catalogs ?? [], limits) : lintPage(page, limits)

  const wanted = given.list(NAME.name).map(nameMatcher)
  const findings = all.filter(
    ({ code, metric }) =>
      !ignored.includes(code) && (wanted.length === 0 || wanted.some(fits => fits(metric))),
  )
  const checkedCount =
    page?.families.length ?? (catalogs ?? []).flatMap(({ instruments }) => instruments).length
  if (given.isOn('json')) printJson({ source: name, checked: checkedCount, findings })
  else print(report(findings, checkedCount))
  return findings.length > 0 ? EXIT.findings : EXIT.ok
}

function report(findings: readonly Finding[], checkedCount: number): string {
  if (findings.length === 0) return good(`${checkedCount} metrics, nothing found`)
  return [
    ...findings.map(
      ({ code, metric, problem, mend }) =>
        `${heading(printable(metric))}  ${notable(code)}  ${printable(problem)}. ${dim(printable(mend))}`,
    ),
    `${checkedCount} metrics, ${findings.length} findings`,
  ].join('\n')
}
