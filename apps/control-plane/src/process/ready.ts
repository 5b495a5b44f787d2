/** Tells whoever started this process that it serves now. Over IPC: no request that would be counted is needed. */
export function reportReady(pids: number[], more: { url?: string } = {}): void {
  // The starter may be gone by now, which is no trouble of ours.
  if (process.connected) process.send?.({ ready: true, pids, ...more }, () => undefined)
}
