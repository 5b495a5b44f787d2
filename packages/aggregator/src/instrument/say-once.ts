/** Lines that are remembered: beyond so many different ones nothing more is said. */
const MAX_LINES = 1_000

/** Says every line once, however often there is reason to: an app may do a thousand times a second what is wrong. */
export function sayOnce(say: (line: string) => void): (line: string) => void {
  const said = new Set<string>()
  return line => {
    if (said.has(line) || said.size >= MAX_LINES) return
    said.add(line)
    try {
      say(line)
    } catch {
      // Whoever listens has trouble of their own, which is none of the measurement's.
    }
  }
}
