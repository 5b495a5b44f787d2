exports.cjs = () => [require('express4')]
exports.esm = () => [import('express4')]
exports.serve = require('./express.cjs').serve
