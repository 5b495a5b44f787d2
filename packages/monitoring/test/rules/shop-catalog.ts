import { type CatalogDescription, cache, defineCatalog, queue, ratio } from '@tutti/business-metrics'

const catalog = defineCatalog(
  { name: 'shop' },
  {
    orders: queue({ name: 'order.queue', description: 'Orders.', labels: { kind: ['new', 'old'] } }),
    memory: queue({ name: 'mail.queue', description: 'Mails.', across: 'sum', names: { age: false } }),
    prices: cache({ name: 'price.cache', description: 'Prices.', labels: { region: ['eu', 'us'] } }),
    payments: ratio({ name: 'payment', description: 'Payments.' }),
    stock: ratio({ name: 'stock', description: 'Stock.', across: 'last', names: { events: false } }),
  },
)

/** The shapes that the control plane has not. */
export const shop: CatalogDescription = catalog.describe()
