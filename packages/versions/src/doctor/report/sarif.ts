import { relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import { CODES, RULES } from '../codes.ts'
import type { Examination } from '../examine.ts'
import type { Finding } from '../finding.ts'

/** Where docs/reference/doctor.md is to be read. */
export const DOCUMENTATION = 'docs/reference/doctor.md'

/** SARIF 2.1.0, which code hosts show beside the lines of a change. Paths are relative to the folder that was examined. */
export function toSarif({ directory, services }: Examination, version: string): Log {
  const findings = services.flatMap(each => each.findings)
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tutti doctor', version, rules: CODES.map(ruleOf) } },
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(directory)}/` } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(finding => resultOf(finding, directory)),
      },
    ],
  }
}

function ruleOf(code: (typeof CODES)[number]): ReportingDescriptor {
  const { title, why, mend, severity } = RULES[code]
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${mend} See ${DOCUMENTATION}#${code.toLowerCase()}.` },
    defaultConfiguration: { level: severity },
  }
}

function resultOf({ code, severity, file, line, what, why, mend }: Finding, directory: string): Result {
  const uri = relative(directory, file).split(sep).map(encodeURIComponent).join('/')
  return {
    ruleId: code,
    ruleIndex: CODES.indexOf(code),
    level: severity,
    message: { text: `${what}. ${why} ${mend}` },
    locations: [
      { physicalLocation: { artifactLocation: { uri, uriBaseId: 'ROOT' }, region: { startLine: line } } },
    ],
  }
}
