/** The last moment that a date can be, milliseconds since the epoch. What a damaged file says beyond is no time. */
export const MAX_TIME_MS = 8.64e15
