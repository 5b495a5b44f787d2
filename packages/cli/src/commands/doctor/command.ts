import type { Command } from '../../arguments/command.ts'

export const FAIL_ON = ['error', 'warning', 'note', 'never'] as const

export const doctor: Command = {
  name: 'doctor',
  summary: 'looks for what keeps metrics of a service from being there, or right',
  operands: '[folder]',
  maxOperands: 1,
  about: `Examines package.json and what is installed (or a lock file), start scripts, Dockerfiles, Kubernetes, compose, ECS,
PM2, Procfile, and the app's own code. Nothing is run; nothing is written without --fix. A workspace, or a folder of many
services, is examined service by service. Each finding has a code: docs/reference/doctor.md tells of all of them.
Exit code 0: nothing at or above --fail-on; 1: something; 2: it could not be done.`,
  options: [
    { name: 'fix', help: 'Mends what is safe to mend, and shows it as a diff.' },
    { name: 'dry-run', help: 'Shows what --fix would do, and writes nothing.' },
    { name: 'json', help: 'JSON.' },
    { name: 'sarif', help: 'SARIF 2.1.0, for code hosts.' },
    {
      name: 'fail-on',
      value: '<severity>',
      choices: FAIL_ON,
      fallback: 'warning',
      help: 'The least severity that makes the exit code 1.',
    },
    { name: 'ignore', short: 'i', value: '<code>', many: true, help: 'Leaves these findings out.' },
    {
      name: 'set',
      value: '<name>',
      help: 'The set of versions to judge by: current, node20; then other versions are drift. Else "tutti": {"set"} of package.json.',
    },
  ],
  examples: [
    ['tutti doctor', 'the service here'],
    ['tutti doctor services --fail-on error', 'every service in a folder, as a table'],
    ['tutti doctor --fix --dry-run', 'what would be mended'],
    ['tutti doctor --sarif > doctor.sarif', 'for a code host'],
  ],
  load: () => import('./doctor.ts'),
}
