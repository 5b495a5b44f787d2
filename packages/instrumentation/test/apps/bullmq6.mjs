import * as bullmq from 'bullmq'
import work from './bullmq-workload.cjs'

work(bullmq)
