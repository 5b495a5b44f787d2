import { completion } from '../commands/completion/command.ts'
import { dashboards } from '../commands/dashboards/command.ts'
import { doctor } from '../commands/doctor/command.ts'
import { exercise } from '../commands/exercise/command.ts'
import { init } from '../commands/init/command.ts'
import { inspect } from '../commands/inspect/command.ts'
import { lint } from '../commands/lint/command.ts'
import { rules } from '../commands/rules/command.ts'
import { serve } from '../commands/serve/command.ts'
import { show } from '../commands/show/command.ts'
import { top } from '../commands/top/command.ts'
import { versions } from '../commands/versions/command.ts'
import type { Command } from './command.ts'

/** In the order in which they are listed. */
export const COMMANDS: readonly Command[] = [
  show,
  top,
  serve,
  inspect,
  lint,
  exercise,
  dashboards,
  rules,
  doctor,
  init,
  versions,
  completion,
]
