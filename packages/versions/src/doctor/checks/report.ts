import { type Code, RULES } from '../codes.ts'
import type { Edit, Finding, Place } from '../finding.ts'

/** A finding as its code's rule has it, but for what is said of this one. */
export function report(
  code: Code,
  { file, line }: Place,
  what: string,
  mend?: string | undefined,
  fix?: readonly Edit[] | undefined,
): Finding {
  const rule = RULES[code]
  return {
    code,
    severity: rule.severity,
    file,
    line,
    what,
    why: rule.why,
    mend: mend ?? rule.mend,
    ...(fix !== undefined && fix.length > 0 && { fix }),
  }
}
