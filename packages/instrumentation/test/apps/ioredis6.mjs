import { Redis } from 'ioredis'
import work from './ioredis-workload.cjs'

work(Redis)
