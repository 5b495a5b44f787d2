import pg from 'pg'
import work from './pg-workload.cjs'

work(pg)
