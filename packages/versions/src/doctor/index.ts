export { CODES, type Code, RULES, type Rule } from './codes.ts'
export {
  type Examination,
  type ExamineOptions,
  examine,
  type ServiceExamination,
} from './examine.ts'
export type { Edit, Finding, Place, Severity } from './finding.ts'
export { applyEdits, type ChangedFile, planFixes } from './fix/apply-edits.ts'
export { describeChanges } from './fix/diff.ts'
export { toSarif } from './report/sarif.ts'
