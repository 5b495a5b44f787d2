interface Question {
  id: number
  question: string
  argument: unknown
}

export interface Answer {
  id: number
  value?: unknown
  error?: string
}

export type Handlers = Record<string, (argument: never) => unknown>

/** The child's side of `startChild`: answers each question with what its handler returns, and ends with its parent. */
export function answerQuestions(handlers: Handlers, stop: () => Promise<void> | void): void {
  process.on('message', async (message: Question) => {
    // Members of a cluster receive their library's messages on the same channel.
    if (typeof message?.question !== 'string') return
    process.send!(await answer(handlers, message))
  })
  process.once('disconnect', async () => {
    try {
      await stop()
    } finally {
      process.exit()
    }
  })
}

async function answer(handlers: Handlers, { id, question, argument }: Question): Promise<Answer> {
  try {
    const handler = handlers[question]
    if (handler === undefined) throw new Error(`nobody answers '${question}'`)
    return { id, value: await handler(argument as never) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
