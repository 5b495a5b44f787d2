const Redis = require('ioredis5')

// The app forgot to catch an error of Redis: that must go on being an unhandled rejection.
process.on('unhandledRejection', error => process.send({ unhandled: error.message.split(' ')[0] }))
const redis = new Redis(process.env.REDIS_URL)
redis.set('text', 'x').then(() => {
  redis.lpush('text', 'y')
})
