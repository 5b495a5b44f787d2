import { spawn } from 'node:child_process'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a program to its end and shows what it printed only if it failed. */
export function runQuietly(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    // Its own process group, so that everything below it can be ended with it.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    child.stdout.on('data', chunk => output.push(chunk))
    child.stderr.on('data', chunk => output.push(chunk))
    const endWith = signal => {
      endGroup(child.pid, signal)
      stopListening()
      process.kill(process.pid, signal)
    }
    const stopListening = () => {
      for (const signal of signals) process.off(signal, endWith)
    }
    for (const signal of signals) process.on(signal, endWith)
    child.once('error', error => {
      stopListening()
      reject(new Error(`"${command}" could not be started: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      stopListening()
      if (code === 0) return resolve()
      process.stdout.write(`\n${Buffer.concat(output)}\n`)
      reject(
        new Error(
          `"${[command, ...args].join(' ')}" ended with ${signal ?? `exit code ${code}`}; see above.`,
        ),
      )
    })
  })
}

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has already ended.
  }
}
