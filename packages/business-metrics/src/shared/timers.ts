/**
 * The clock's own timers, as they were when this was loaded: a test's fake ones would be kept busy for ever by what
 * looks for the SDK again and again.
 */
export const realTimeout: typeof setTimeout = setTimeout
export const realImmediate: typeof setImmediate = setImmediate
