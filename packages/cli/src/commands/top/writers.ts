import type { WorkersAt } from '@tutti/console'

/** Tells what only a segment does of each living writer, again and again. Never throws: nothing, where nobody knows. */
export interface Writers {
  read(): WorkersAt['writers'] | Promise<WorkersAt['writers']>
  close(): void
}
