import * as define from '@tutti/business-metrics'

const description = 'For a test.'

export const metrics = define.defineCatalog(
  { name: 'exercised' },
  {
    orders: define.counter({
      name: 'orders',
      description,
      labels: { channel: ['web', 'app'], shop: define.freeText({ pattern: /^\d+$/ }) },
    }),
    stock: define.gauge({ name: 'stock', description }),
    basket: define.histogram({ name: 'basket.size', description, unit: 'By' }),
    checkouts: define.operation({ name: 'checkout', description, labels: { payment: ['card'] } }),
    imports: define.job({ name: 'import', description }),
    breaker: define.stateSet({ name: 'breaker', description, states: ['closed', 'open'], initial: 'closed' }),
    database: define.health({ name: 'database.up', description, labels: { role: ['primary'] } }),
    pool: define.pool({ name: 'pool', description }),
    queue: define.queue({ name: 'queue', description }),
    cache: define.cache({ name: 'cache', description }),
    gates: define.ratio({ name: 'gate', description }),
    promise: define.objective({ name: 'promise', description, target: 0.99 }),
  },
)
