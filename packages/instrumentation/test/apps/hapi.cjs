require('./hapi-routes.cjs')(require('@hapi/hapi'))
