import type { Command } from '../../arguments/command.ts'

/** Of @tutti/versions, which is loaded only when it is asked; a test compares. */
const SETS = ['current', 'node20']

export const versions: Command = {
  name: 'versions',
  summary: 'sets of OpenTelemetry versions that are tested together',
  operands: '[set] [folder ...]',
  maxOperands: Number.POSITIVE_INFINITY,
  operandChoices: SETS,
  about: `Lists the sets, or tells what is in one, or prints it as a tool reads it. With --write or --check it is about
folders, each the root of a service or of a monorepo; without one about this folder. The set is "current" where none is
named. Either all folders are written or, where one can't be, none. --check exits with 1 when a folder differs.`,
  options: [
    { name: 'npm', help: 'overrides in package.json.' },
    { name: 'pnpm', help: 'catalog and overrides in pnpm-workspace.yaml.' },
    { name: 'yarn', help: 'resolutions in package.json.' },
    { name: 'renovate', help: 'A preset, tutti-<set>.json, that services extend.' },
    { name: 'syncpack', help: 'versionGroups in .syncpackrc.json.' },
    { name: 'write', short: 'w', help: 'Shows what changes in the folders, and writes it.' },
    { name: 'check', help: 'Shows what would change in the folders, and writes nothing.' },
    { name: 'json', help: 'JSON: the sets, or one.' },
  ],
  examples: [
    ['tutti versions', 'the sets'],
    ['tutti versions node20', 'what is in one'],
    ['tutti versions current --npm', 'to paste into package.json'],
    ['tutti versions current services/* --npm --write', 'pins every service'],
    ['tutti versions --pnpm --check', 'in CI: this folder has the current set'],
  ],
  load: () => import('./versions.ts'),
}
