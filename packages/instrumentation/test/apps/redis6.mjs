import * as redis from 'redis'
import work from './redis-workload.cjs'

work(redis)
