/** What the semantic conventions advise for durations of database clients: of operations and of connections. */
export const boundariesS: number[] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]
