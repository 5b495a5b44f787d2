require('./bullmq-workload.cjs')(require('bullmq'))
