// One press of Ctrl-C may arrive several times: from the terminal, from npm, and from the process that started us.
const samePressMs = 500

/** Listens for the wish to end: Ctrl-C, SIGTERM, SIGHUP, or that what started us is gone. */
export function endRequested() {
  let resolve
  let force
  let firstAtMs
  const end = {
    /** What it was, once there was one. */
    signal: undefined,
    requested: new Promise(done => {
      resolve = done
    }),
    fail(failure) {
      if (end.signal) return
      end.signal = 'failure'
      resolve({ failure })
    },
    /** What a second Ctrl-C does. */
    onForce(action) {
      force = action
    },
    /** Ends this process the way that it was asked to, so that whoever waits for it can see why it ended. */
    now() {
      if (end.signal === 'failure') process.exit(1)
      for (const signal of signals) process.removeAllListeners(signal)
      process.kill(process.pid, end.signal)
    },
  }
  const receive = signal => {
    if (end.signal === undefined) {
      firstAtMs = Date.now()
      end.signal = signal
      resolve({})
    } else if (Date.now() - firstAtMs > samePressMs) force?.()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, receive)
  // A terminal or a pipe that is gone is a terminal that was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => receive('SIGHUP'))
  if (process.connected === false) receive('SIGHUP')
  process.on('disconnect', () => receive('SIGHUP'))
  return end
}
