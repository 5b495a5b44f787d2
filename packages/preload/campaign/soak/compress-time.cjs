// Loaded before everything else: what happens every second happens every ten milliseconds, and the thread that serves
// the page is kept at hand, so that its heap can be measured.
const real = globalThis.setInterval
globalThis.setInterval = (callback, ms, ...rest) => real(callback, ms >= 500 ? ms / 100 : ms, ...rest)

process.on('worker', worker => {
  if (worker.threadName !== 'tutti exposer') return
  globalThis.exposerThread = worker
  worker.once('exit', () => {
    if (globalThis.exposerThread === worker) globalThis.exposerThread = undefined
  })
})
