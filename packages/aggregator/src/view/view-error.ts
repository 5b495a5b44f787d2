/** `ViewOptions` that can't be meant. `code` is stable; the message names the view, the value and the mend. */
export class ViewError extends Error {
  readonly code:
    | 'TUTTI_VIEW_SELECTS_NOTHING'
    | 'TUTTI_VIEW_NAMES_SEVERAL'
    | 'TUTTI_VIEW_AGGREGATION_INVALID'
    | 'TUTTI_VIEW_PROCESSOR_INVALID'
    | 'TUTTI_VIEW_LIMIT_INVALID'

  constructor(code: ViewError['code'], problem: string, mend: string) {
    super(`a view ${problem}. ${mend}`)
    this.name = 'ViewError'
    this.code = code
  }
}
