import { Redis } from 'ioredis5'
import work from './ioredis-workload.cjs'

work(Redis)
