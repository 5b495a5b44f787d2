import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer } from './answer.ts'
import { pinTo } from './pin.ts'

export interface Child {
  /** Resolves with what the child's handler of that name returns; rejects when it throws or the child ends. */
  ask<T>(question: string, argument?: unknown): Promise<T>
  /** Lets the child end by itself; kills exactly that child if it has not within five seconds. */
  stop(): Promise<void>
}

export interface ChildOptions {
  node: string
  file: URL
  args: string[]
  pinnedCore?: number | undefined
}

/** Starts one measured process and asks it questions over its IPC channel, answered by `answerQuestions`. */
export function startChild({ node, file, args, pinnedCore }: ChildOptions): Child {
  const command = [...pinTo(pinnedCore), node, fileURLToPath(file), ...args]
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return childOf(child, args.join(' '))
}

function childOf(child: ChildProcess, name: string): Child {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  let questions = 0
  let ended: Error | undefined

  const exited = new Promise<void>(resolve => {
    const end = (why: string) => {
      ended ??= new Error(`${name}: ${why}`)
      for (const { reject } of waiting.values()) reject(ended)
      waiting.clear()
      resolve()
    }
    child.once('exit', (code, signal) => end(`ended with ${signal ?? code}`))
    child.once('error', error => end(error.message))
  })

  child.on('message', (answer: Answer) => {
    const question = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) question?.resolve(answer.value as never)
    else question?.reject(new Error(`${name}: ${answer.error}`))
  })

  return {
    ask: (question, argument) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        const id = questions++
        waiting.set(id, { resolve, reject })
        child.send({ id, question, argument })
      }),
    async stop() {
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
      await exited
      clearTimeout(timer)
    },
  }
}
