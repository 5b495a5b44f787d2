import type { Command } from '../../arguments/command.ts'

export const inspect: Command = {
  name: 'inspect',
  summary: 'what stands in a segment, a ledger or a directory',
  operands: '[segment|directory|service]',
  maxOperands: 1,
  about: `Of a directory: every file, who holds it and what is in it. Of a segment or ledger: its header, its chunks, its
entries and the cells of each series. Damaged files are read as far as they go, and what is wrong is said; then the
exit code is 1. It only reads.`,
  options: [
    { name: 'bytes', help: 'Of one file: byte by byte, each field with its place, bytes and meaning.' },
    { name: 'limit', value: '<count>', fallback: '200', help: 'Of one file: entries at most; 0 for all.' },
    { name: 'json', help: 'JSON.' },
  ],
  examples: [
    ['tutti inspect shop', 'the directory of the running service "shop"'],
    ['tutti inspect /run/tutti/0.segment', 'what worker 0 has recorded'],
    ['tutti inspect /run/tutti/0.segment --bytes --limit 0', 'all of it, byte by byte'],
  ],
  load: () => import('./inspect.ts'),
}
