// Jobs that are added one by one, in bulk and as a flow; some are processed well, some are not, some wait.
module.exports = async function work({ DelayedError, FlowProducer, Queue, Worker }) {
  const { hostname, port } = new URL(process.env.REDIS_URL)
  const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null }
  const mails = new Queue('mails', { connection })
  const reports = new Queue('reports', { connection })
  await mails.add('welcome', { to: 'alice@example.com' })
  await mails.addBulk([
    { name: 'welcome', data: {} },
    { name: 'bounce', data: {} },
    { name: 'later', data: {} },
  ])
  await mails.add('bad', {}, { jobId: '0' }).catch(() => {})
  const flow = new FlowProducer({ connection })
  await flow.add({
    name: 'report',
    queueName: 'reports',
    data: {},
    children: [
      { name: 'welcome', queueName: 'mails', data: {} },
      { name: 'welcome', queueName: 'mails', data: {} },
    ],
  })
  await reports.add('delayed', {}, { delay: 3_600_000 })

  const outcomes = []
  const worker = new Worker(
    'mails',
    async (job, token) => {
      if (job.name === 'bounce') throw new RangeError('no such mailbox: alice@example.com')
      if (job.name === 'later' && job.attemptsStarted === 1) {
        await job.moveToDelayed(Date.now() + 10, token)
        throw new DelayedError()
      }
      return job.name
    },
    { connection },
  )
  await new Promise(resolve => {
    const end = () => outcomes.length === 6 && resolve()
    worker.on('completed', job => end(outcomes.push(job.name)))
    worker.on('failed', (_job, error) => end(outcomes.push(error.name)))
  })
  process.send({ outcomes: outcomes.sort() })
  process.on('message', async message => {
    if (message !== 'finish') return
    await Promise.all([worker.close(), mails.close(), reports.close(), flow.close()])
    process.send({ finished: true })
  })
}
