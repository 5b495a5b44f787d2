require('./redis-workload.cjs')(require('redis'))
