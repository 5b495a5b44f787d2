// The same use of Redis as in ioredis-workload.cjs, with node-redis.
module.exports = async function work({ createClient }) {
  const redis = createClient({ url: process.env.REDIS_URL, database: 2 })
  await redis.connect()
  await redis.flushDb()
  const outcomes = []
  const note = promise =>
    promise.then(
      value => outcomes.push(value),
      error => outcomes.push(error.message.split(' ')[0]),
    )
  await note(redis.set('name', 'tutti'))
  await note(redis.get('name'))
  await note(redis.get('nothing'))
  await note(redis.lPush('name', 'x'))
  await note(redis.sendCommand(['GET', 'name']))
  await redis.multi().incr('count').incr('count').execAsPipeline()
  await redis.multi().del('count').exec()

  const profiles = redis.multi().set('user:1:profile', 'ann').get('user:1:profile').get('user:2:profile')
  await note(profiles.execAsPipeline().then(String))
  await note(redis.mGet(['user:1:profile', 'user:2:profile', 'session:alice@example.com']).then(String))
  await redis.hSet('cart:42', 'pears', 1)
  await redis.hGet('cart:42', 'pears')
  await redis.hGet('cart:42', 'plums')
  await redis.hmGet('cart:42', ['pears', 'plums', 'figs'])
  await redis.hGetAll('cart:42')
  await redis.hGetAll('cart:43')
  await note(redis.get('cart:42'))
  await note(
    redis
      .multi()
      .get('user:1:profile')
      .lPush('name', 'x')
      .exec()
      .catch(() => 'failed'),
  )
  const other = createClient({ url: process.env.REDIS_URL, database: 2 })
  await other.connect()
  await note(other.get('basket:7'))
  await other.quit()
  await note(other.get('basket:7'))
  process.send({ outcomes })
}
