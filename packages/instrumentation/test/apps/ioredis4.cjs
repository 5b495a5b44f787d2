require('./ioredis-workload.cjs')(require('ioredis4'))
