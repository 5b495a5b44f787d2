// A scripted use of Redis: single commands, pipelines, transactions, a cache, errors and a closed connection.
module.exports = async function work(Redis) {
  const redis = new Redis(process.env.REDIS_URL, { db: 2 })
  await redis.flushdb()
  const outcomes = []
  const note = promise =>
    promise.then(
      value => outcomes.push(value),
      error => outcomes.push(error.message.split(' ')[0]),
    )
  await note(redis.set('name', 'tutti'))
  await note(redis.get('name'))
  await note(redis.get('nothing'))
  await note(redis.lpush('name', 'x'))
  await new Promise(resolve => redis.get('name', (_error, value) => resolve(outcomes.push(value))))
  await redis.pipeline().incr('count').incr('count').exec()
  await redis.multi().del('count').exec()

  const profiles = redis.pipeline().set('user:1:profile', 'ann').get('user:1:profile').get('user:2:profile')
  await note(profiles.exec().then(replies => replies.map(([, value]) => value).join()))
  await note(redis.mget('user:1:profile', 'user:2:profile', 'session:alice@example.com').then(String))
  await redis.hset('cart:42', 'pears', 1)
  await redis.hget('cart:42', 'pears')
  await redis.hget('cart:42', 'plums')
  await redis.hmget('cart:42', 'pears', 'plums', 'figs')
  await redis.hgetall('cart:42')
  await redis.hgetall('cart:43')
  await note(redis.get('cart:42'))
  await note(redis.multi().get('user:1:profile').lpush('name', 'x').exec())
  const broken = redis.pipeline().get('session:bob').lpush('name', 'x')
  await note(broken.exec().then(replies => replies.length))

  const other = new Redis(process.env.REDIS_URL, { db: 2, keyPrefix: 'shop:' })
  await note(other.get('basket:7'))
  await other.quit()
  await note(other.get('basket:7'))
  process.send({ outcomes })
}
