import { isScalar, isSeq } from 'yaml'
import type { Edit } from '../finding.ts'
import { ADDED_WORDS, addToLine, placeInWords } from './add-preload.ts'
import type { YamlFile } from './yaml-file.ts'

/**
 * Writes the preload into a command of a manifest: a list, in either of YAML's ways, or a line.
 *
 * @param isAfterNode the list goes on where the image's entrypoint ended: with `node`.
 */
export function addToYaml({ file, text }: YamlFile, node: unknown, isAfterNode: boolean): Edit[] | undefined {
  if (isScalar(node) && typeof node.value === 'string' && node.range && node.type === 'PLAIN') {
    const changed = addToLine(node.value)
    const [offset, end] = node.range
    return changed === undefined ? undefined : [{ file, offset, length: end - offset, text: changed }]
  }
  if (!isSeq(node)) return undefined
  const words = node.items.map(item => (isScalar(item) ? String(item.value) : ''))
  const place = placeInWords(words, isAfterNode)
  const item = place === undefined ? undefined : node.items[place]
  if (!isScalar(item) || !item.range) return undefined
  const offset = item.range[0]
  if (node.flow) return [{ file, offset, length: 0, text: ADDED_WORDS.map(word => `"${word}", `).join('') }]
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const dash = text.slice(lineStart, offset)
  if (!/^\s*-\s+$/.test(dash)) return undefined
  return [
    { file, offset: lineStart, length: 0, text: ADDED_WORDS.map(word => `${dash}"${word}"\n`).join('') },
  ]
}
