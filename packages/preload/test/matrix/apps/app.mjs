// The app of one framework as an ES module: node app.mjs <framework>
const { default: framework } = await import(`./frameworks/${process.argv[2]}.cjs`)
const libraries = await Promise.all(framework.esm())

await framework.serve(...libraries.map(library => library.default ?? library))
