const quietMs = 15_000

/**
 * Does something that takes a while and shows that it is under way: a running clock in a terminal, and a line now
 * and then where the output goes to a file or a log.
 */
export async function step(title, work) {
  const startedAtMs = Date.now()
  const seconds = () => ((Date.now() - startedAtMs) / 1000).toFixed(1)
  const terminal = process.stdout.isTTY === true
  if (!terminal) console.log(`${title} ...`)
  const show = terminal
    ? () => process.stdout.write(`\r\x1b[2K${title} ... ${seconds()} s`)
    : () => console.log(`${title} ... ${seconds()} s so far`)
  const timer = setInterval(show, terminal ? 100 : quietMs)
  let mark = 'failed after'
  try {
    const result = await work()
    mark = 'done in'
    return result
  } finally {
    clearInterval(timer)
    if (terminal) process.stdout.write('\r\x1b[2K')
    console.log(`${title}: ${mark} ${seconds()} s`)
  }
}

/** Prints a line that may come while something is under way, without mixing it with the clock. */
export function say(line) {
  console.log(process.stdout.isTTY === true ? `\r\x1b[2K${line}` : line)
}
