import { readText } from '../source/read-text.ts'
import { addToLine } from './add-preload.ts'
import { environmentOf, type Launch } from './launch.ts'
import { readCommand } from './node-command.ts'

/** `web: node server.js`, a line a process. */
export function fromProcfile(file: string): Launch[] {
  const launches: Launch[] = []
  let offset = 0
  for (const [index, line] of (readText(file) ?? '').split('\n').entries()) {
    const [, label, gap, command] = /^([\w-]+):(\s*)(.+?)\s*$/.exec(line) ?? []
    const read = command === undefined || label === 'release' ? undefined : readCommand(command)
    if (label !== undefined && gap !== undefined && command !== undefined && read !== undefined) {
      const place = { file, line: index + 1 }
      const changed = addToLine(command)
      const at = offset + label.length + 1 + gap.length
      launches.push({
        kind: 'procfile',
        label,
        ...place,
        command: read,
        environment: environmentOf(read, place),
        ports: [],
        ...(changed !== undefined && {
          addPreload: [{ file, offset: at, length: command.length, text: changed }],
        }),
      })
    }
    offset += line.length + 1
  }
  return launches
}
