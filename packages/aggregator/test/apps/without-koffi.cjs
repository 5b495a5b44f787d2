/** Makes this process one on a platform for which koffi has no binary. */
const { Module } = require('node:module')

const load = Module._load
Module._load = function (request, ...rest) {
  if (request === 'koffi')
    throw new Error('Cannot find the native Koffi module; did you bundle it correctly?')
  return load.call(this, request, ...rest)
}

// Our own way to its binary.
const { dlopen } = process
process.dlopen = function (module, filename, ...rest) {
  if (filename.endsWith('koffi.node')) throw new Error('there is no such binary')
  return dlopen.call(this, module, filename, ...rest)
}
