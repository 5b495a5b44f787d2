// The app of one framework as CommonJS: node app.cjs <framework>
const { cjs, serve } = require(`./frameworks/${process.argv[2]}.cjs`)

serve(...cjs())
