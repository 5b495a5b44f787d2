const endings = new Set<() => void>()

/**
 * Calls `end` when this thread ends in order: one listener for all providers. It only writes to memory that is
 * mapped already, so it delays nothing. Returns a function that forgets `end` again.
 */
export function endAtExit(end: () => void): () => void {
  if (endings.size === 0) process.on('exit', endAll)
  endings.add(end)
  return () => {
    endings.delete(end)
    if (endings.size === 0) process.off('exit', endAll)
  }
}

function endAll(): void {
  for (const end of [...endings]) {
    try {
      end()
    } catch {
      // An error here would change the app's exit code: it closed a descriptor of ours, or put another `fs` in place.
    }
  }
}
