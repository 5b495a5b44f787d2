export const REDUCED_SERIES = 8
export const REDUCING_SIZE = 600
/** Each is so much larger than all before that the scale has to be reduced again. */
export const REDUCING_VALUES: readonly number[] = [
  1,
  ...Array.from({ length: 12 }, (_, each) => 1 + 2 ** (each - 11)),
  ...Array.from({ length: 9 }, (_, each) => 2 ** (2 ** (each + 1))).slice(0, 9),
]
