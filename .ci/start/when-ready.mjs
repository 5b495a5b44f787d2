/** Waits until a process serves; one that ends before that, or the wish to end, is an error. */
export async function whenReady(child, end) {
  const first = await Promise.race([child.ready, child.ended, end.requested])
  if (first.ready) return first
  await child.stop()
  if (end.signal) throw new Error('Ended while starting.')
  throw new Error(`The ${child.name} ended before it was ready, with ${first}. What it said is above.`)
}
