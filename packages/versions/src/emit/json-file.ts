import { FormatError } from './format.ts'

export type JsonObject = { [key: string]: unknown }

/** Changes a JSON file's content and keeps the rest of its look: indentation, line ends, the last one too. */
export function editJson(file: string, text: string, edit: (content: JsonObject) => JsonObject): string {
  const content = readJson(file, text)
  const [, indentation = '  '] = /^\uFEFF?\{\r?\n([ \t]+)/.exec(text) ?? []
  const written = JSON.stringify(edit(content), null, indentation)
  const withEnd = /\n\s*$/.test(text) ? `${written}\n` : written
  return text.includes('\r\n') ? withEnd.replaceAll('\n', '\r\n') : withEnd
}

/** What is under a key, if it is an object; a new one otherwise. */
export function objectAt(content: JsonObject, key: string): JsonObject {
  const value = content[key]
  return isObject(value) ? value : {}
}

function readJson(file: string, text: string): JsonObject {
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new FormatError(`${file} is no JSON: ${(error as Error).message}. Mend it first.`)
  }
  if (!isObject(content)) throw new FormatError(`${file} is no JSON object. Mend it first.`)
  return content
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
