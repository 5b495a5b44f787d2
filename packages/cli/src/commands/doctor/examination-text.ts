import { relative } from 'node:path'
import type { Examination, Finding, ServiceExamination } from '@tutti/versions/doctor'
import { printable } from '../../terminal/printable.ts'
import { bad, dim, good, heading, notable } from '../../terminal/style.ts'
import { table } from '../../terminal/table.ts'

/** Each finding with its place, its reason and its mend; of several services a table first. */
export function examinationText({ directory, services }: Examination): string {
  const findings = services.flatMap(each => each.findings)
  return [
    ...(services.length > 1 ? [overview(services), ''] : []),
    ...findings.flatMap(finding => [findingText(finding, directory), '']),
    summary(services, findings),
  ].join('\n')
}

function overview(services: readonly ServiceExamination[]): string {
  const columns = [
    { title: 'SERVICE' },
    { title: 'ERRORS', right: true },
    { title: 'WARNINGS', right: true },
    { title: 'NOTES', right: true },
    { title: 'STARTED BY' },
    { title: 'FOUND' },
  ]
  return table(columns, services.map(rowOf))
}

function rowOf({ folder, launches, findings }: ServiceExamination): string[] {
  const count = (severity: Finding['severity']) =>
    String(findings.filter(each => each.severity === severity).length)
  const kinds = [...new Set(launches.map(({ kind }) => kind))].join(', ')
  const codes = [...new Set(findings.map(({ code }) => code))].sort().join(' ')
  return [
    printable(folder || '.'),
    count('error'),
    count('warning'),
    count('note'),
    kinds || '-',
    codes || good('ok'),
  ]
}

const PAINT = { error: bad, warning: notable, note: dim } as const

function findingText(
  { code, severity, file, line, what, why, mend, fix }: Finding,
  directory: string,
): string {
  const place = heading(printable(`${relative(directory, file)}:${line}`))
  return [
    `${place}  ${PAINT[severity](severity)}  ${code}  ${printable(what)}.`,
    `  ${dim(why)}`,
    `  ${printable(mend)}${fix === undefined ? '' : dim('  (--fix does it)')}`,
  ].join('\n')
}

function summary(services: readonly ServiceExamination[], findings: readonly Finding[]): string {
  const notes = services.flatMap(({ packagesFrom, folder }) => {
    if (packagesFrom === undefined || packagesFrom === 'node_modules') return []
    return [dim(`${folder || '.'}: nothing is installed; its packages are those of ${packagesFrom}`)]
  })
  const many = services.length === 1 ? '1 package' : `${services.length} packages`
  const result =
    findings.length === 0
      ? good(`${many}, nothing found`)
      : `${many}, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
  return [...notes, result].join('\n')
}
