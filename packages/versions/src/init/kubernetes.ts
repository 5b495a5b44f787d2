import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import type { Edit } from '../doctor/finding.ts'
import { findContainers } from '../doctor/launches/kubernetes.ts'
import { PAGE_HOST } from '../doctor/launches/launch.ts'
import { readArguments, readCommand } from '../doctor/launches/node-command.ts'
import { nodeAt, type YamlFile, yamlFiles } from '../doctor/launches/yaml-file.ts'
import type { Service } from '../doctor/service.ts'

/** The port of the page is named in Kubernetes, where it is scraped by its name, and opened where no image of ours does. */
export function openKubernetes(service: Service): Edit[] {
  const images = service.launches.filter(({ kind }) => kind === 'dockerfile')
  const isOpenInImage = images.length > 0
  const files = service.files.filter(file => /\.ya?ml$/.test(file)).flatMap(yamlFiles)
  return findContainers(files).flatMap(({ file, path, container }) => {
    const { command, args, image = '', ports = [], env = [], envFrom } = container
    const words = [command, args].flatMap(each => (Array.isArray(each) ? each.map(String) : []))
    const isNode = (command === undefined ? readArguments(words) : undefined) ?? readCommand(words)
    const isOwn = image.replace(/^.*\//, '').replace(/[:@].*$/, '') === service.name.replace(/^.*\//, '')
    const node = nodeAt(file, ...path)
    if (!isMap(node) || (words.length > 0 ? isNode === undefined : !isOwn)) return []
    if (env.some(({ name }) => name === 'OTEL_METRICS_EXPORTER') || path.includes('initContainers')) return []
    const isOpen = isOpenInImage || envFrom !== undefined || env.some(({ name }) => name === PAGE_HOST)
    return [
      ...(ports.some(({ containerPort }) => containerPort === 9464)
        ? []
        : addItem(file, node, 'ports', ['name: metrics', 'containerPort: 9464'])),
      ...(isOpen ? [] : addItem(file, node, 'env', [`name: ${PAGE_HOST}`, 'value: "0.0.0.0"'])),
    ]
  })
}

/** A further item of a list, first where there is one, else with its key after the image. Lists in brackets are left. */
function addItem(
  { file, text }: YamlFile,
  container: YAMLMap,
  key: string,
  lines: readonly string[],
): Edit[] {
  const pair = container.items.find(each => isScalar(each.key) && each.key.value === key)
  const write = (indent: string) =>
    lines.map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}\n`).join('')
  if (pair !== undefined) {
    const first = isSeq(pair.value) && !pair.value.flow ? pair.value.items[0] : undefined
    if (!isMap(first) || !first.range) return []
    const lineStart = text.lastIndexOf('\n', first.range[0] - 1) + 1
    const indent = /^\s*/.exec(text.slice(lineStart))![0]
    return [{ file, offset: lineStart, length: 0, text: write(indent) }]
  }
  const image = container.items.find(each => isScalar(each.key) && each.key.value === 'image')
  if (container.flow || !isScalar(image?.key) || !image.key.range) return []
  const offset = text.indexOf('\n', image.key.range[0]) + 1
  if (offset === 0) return []
  const indent = ' '.repeat(image.key.range[0] - (text.lastIndexOf('\n', image.key.range[0] - 1) + 1))
  return [{ file, offset, length: 0, text: `${indent}${key}:\n${write(`${indent}  `)}` }]
}
