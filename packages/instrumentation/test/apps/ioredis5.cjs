require('./ioredis-workload.cjs')(require('ioredis5'))
