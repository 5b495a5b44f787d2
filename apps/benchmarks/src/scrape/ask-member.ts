import type { ChildProcess } from 'node:child_process'
import type { Answer } from '../processes/answer.ts'

let questions = 0

/** Asks a process whose other messages belong to the library under test, and so listens for its own answer only. */
export function askMember(member: ChildProcess, question: string, argument: unknown): Promise<void> {
  const id = questions++
  return new Promise((resolve, reject) => {
    const listen = (answer: Answer) => {
      if (answer?.id !== id) return
      done()
      if (answer.error === undefined) resolve()
      else reject(new Error(answer.error))
    }
    const ended = () => {
      done()
      reject(new Error(`a member ended before it answered '${question}'`))
    }
    const done = () => {
      member.off('message', listen)
      member.off('exit', ended)
    }
    member.on('message', listen)
    member.once('exit', ended)
    member.send({ id, question, argument })
  })
}

/** Lets a member end by itself; kills exactly that one if it has not within five seconds. */
export async function stopMember(member: ChildProcess): Promise<void> {
  if (member.exitCode !== null || member.signalCode !== null) return
  const exited = new Promise(resolve => member.once('exit', resolve))
  const timer = setTimeout(() => member.kill('SIGKILL'), 5000)
  if (member.connected) member.disconnect()
  await exited
  clearTimeout(timer)
}

/** Ends a member as a crash would. */
export async function killMember(member: ChildProcess): Promise<void> {
  const exited = new Promise(resolve => member.once('exit', resolve))
  member.kill('SIGKILL')
  await exited
}
