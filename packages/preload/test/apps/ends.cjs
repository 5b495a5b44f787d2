// Ends in the way that its argument says; what the process does must be the same with and without the preload.
process.stdout.write('out\n')
process.stderr.write('err\n')
const ways = {
  runs: () => {},
  works: () => setTimeout(() => {}, 50),
  exits: () => process.exit(3),
  'sets a code': () => {
    process.exitCode = 4
  },
  throws: () => {
    throw new Error('on purpose')
  },
  rejects: () => Promise.reject(new Error('on purpose')),
  'kills itself': () => process.kill(process.pid, 'SIGTERM'),
}
ways[process.argv[2]]()
