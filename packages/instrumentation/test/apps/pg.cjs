require('./pg-workload.cjs')(require('pg'))
