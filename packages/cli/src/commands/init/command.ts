import type { Command } from '../../arguments/command.ts'

export const init: Command = {
  name: 'init',
  summary: 'adds Tutti to a service, after showing what would change',
  operands: '[folder]',
  maxOperands: 1,
  about: `Adds @tutti/preload to the dependencies, and --require @tutti/preload to whatever starts the service: start script,
Dockerfile, Kubernetes, compose, ECS, PM2, Procfile. In an image the page listens on all addresses, port 9464. Knows Next.js,
PM2, ES modules and TypeScript. Run again, it has nothing to do. Without a terminal and without --yes it writes nothing, and
its exit code is 1.`,
  options: [
    { name: 'yes', short: 'y', help: 'Writes without asking.' },
    { name: 'dry-run', help: 'Shows the changes, and writes nothing.' },
  ],
  examples: [
    ['tutti init', 'the service here; shows the changes and asks'],
    ['tutti init services/shop --yes', 'in a script'],
  ],
  load: () => import('./init.ts'),
}
