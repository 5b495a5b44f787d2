/** Texts are cut, so that a definition always fits into an entry. */
export const MAX_NAME_LENGTH = 255
export const MAX_UNIT_LENGTH = 63
export const MAX_DESCRIPTION_LENGTH = 1_024

/** What is not a text counts as an empty one: nothing that an app passes may throw. */
export function cut(text: unknown, maxLength: number): string {
  return typeof text === 'string' ? text.slice(0, maxLength) : ''
}
