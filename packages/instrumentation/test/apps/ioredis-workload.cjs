// A scripted use of Redis: single commands, a pipeline, a transaction, errors and a disconnection.
module.exports = async function work(Redis) {
  const redis = new Redis(process.env.REDIS_URL, { db: 2 })
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
  process.send({ outcomes })
}
