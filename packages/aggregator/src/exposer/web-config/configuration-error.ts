export const CONFIGURATION_INVALID = 'TUTTI_WEB_CONFIG_INVALID'

/** A file that says who may read the page, and can't be followed. `code` is stable; the message says the mend. */
export class ConfigurationError extends Error {
  readonly code: string = CONFIGURATION_INVALID

  /**
   * @param file the file at fault.
   * @param where the key in it, or what the file is.
   * @param problem without a full stop; never a secret.
   */
  constructor(file: string, where: string, problem: string, mend: string) {
    super(`${file}: ${where} ${problem}. ${mend}.`)
    this.name = 'ConfigurationError'
  }
}
