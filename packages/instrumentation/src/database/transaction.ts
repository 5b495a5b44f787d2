import type { ChangedRows } from './pg-rows.ts'

/** Deeper savepoints are counted with the one they stand in. */
const maxSavepoints = 100

interface Level {
  savepoint: string | undefined
  changed: Map<string, ChangedRows>
}

/** What one connection has changed and not yet committed, in levels that savepoints begin. */
export class Transaction {
  #levels: Level[] = [{ savepoint: undefined, changed: new Map() }]

  remember(changed: ChangedRows): void {
    const { changed: level } = this.#levels.at(-1)!
    const key = `${changed.table} ${changed.command}`
    const before = level.get(key)
    if (before === undefined) level.set(key, { ...changed })
    else before.rows += changed.rows
  }

  /**
   * Follows a command by what the server says it did: a COMMIT of a failed transaction is answered ROLLBACK.
   * True when the transaction is over.
   */
  end(command: string, savepoint: string | undefined, add: (changed: ChangedRows) => void): boolean {
    switch (command) {
      case 'COMMIT':
        for (const { changed } of this.#levels) for (const rows of changed.values()) add(rows)
        return true
      case 'ROLLBACK':
        if (savepoint === undefined) return true
        this.#dropTo(savepoint)
        return false
      case 'SAVEPOINT':
        if (this.#levels.length < maxSavepoints) this.#levels.push({ savepoint, changed: new Map() })
        return false
      default:
        this.#release(savepoint)
        return false
    }
  }

  #dropTo(savepoint: string): void {
    const index = this.#find(savepoint)
    if (index < 0) return
    this.#levels.length = index
    this.#levels.push({ savepoint, changed: new Map() })
  }

  #release(savepoint: string | undefined): void {
    const index = this.#find(savepoint)
    if (index < 0) return
    for (const { changed } of this.#levels.splice(index)) {
      for (const rows of changed.values()) this.remember(rows)
    }
  }

  #find(savepoint: string | undefined): number {
    return savepoint === undefined ? -1 : this.#levels.findLastIndex(level => level.savepoint === savepoint)
  }
}
