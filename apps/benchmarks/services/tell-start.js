/** One line when the service listens, and one a second later: what it took until then. */
exports.tellStart = () => {
  tell()
  setTimeout(tell, 1_000).unref()
}

function tell() {
  const { user, system } = process.cpuUsage()
  const modules = Object.keys(require.cache).length
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1e3, modules })}\n`)
}
