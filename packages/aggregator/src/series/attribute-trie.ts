import type { Attributes } from '@opentelemetry/api'

type Children<T extends object> = Map<unknown, Node<T>>
const NO_CHILDREN: Children<never> = new Map()
/** The value of no attribute. */
const NO_VALUE: object = {}

/**
 * A place on a path: which attribute comes next, and where each of its values leads. The fields are shaped for
 * the engine: always set, in this order, never of another type, so that a walk stays at pointer compares.
 */
class Node<T extends object> {
  /** The attribute that the paths through here go on with; `''`: none yet. */
  key = ''
  children: Children<T> = NO_CHILDREN
  /**
   * The value that came first, and where it leads: often there is no other, or none that comes as often. Comparing
   * takes a nanosecond, the map six.
   */
  firstValue: unknown = NO_VALUE
  firstChild: Node<T> | undefined = undefined
  /** What the attributes that end here lead to. */
  leaf: T | undefined = undefined
  /** The same place for paths that go on with another attribute. */
  others: Node<T>

  constructor(others: Node<T> | undefined) {
    this.others = others ?? this
  }

  add(value: unknown, child: Node<T>): void {
    if (this.children.size === 0) {
      this.firstValue = value
      this.firstChild = child
    }
    this.children.set(value, child)
  }
}

/**
 * Finds what belongs to a set of attributes without building a key: one map lookup an attribute, in the order in
 * which the caller wrote them, or none where a value came first. Every order of the same set has a path of its own to the same leaf. A hit
 * allocates nothing.
 *
 * Measured (apps/benchmarks): 30 to 40 ns for three attributes, 20 ns less than with `Object.keys`.
 */
export class AttributeTrie<T extends object> {
  readonly #end: Node<T>
  readonly #root: Node<T>
  readonly #maxNodes: number
  #nodes = 0

  /** @param maxNodes n attributes have n! orders: beyond this many places, new orders are looked up the slow way. */
  constructor(maxNodes: number) {
    // Its key is no attribute's, so that a walk stops here without a further check.
    this.#end = new Node(undefined)
    this.#end.key = '\0end'
    this.#root = new Node(this.#end)
    this.#maxNodes = maxNodes
  }

  /** Undefined: not inserted yet, or never will be. */
  find(attributes: Attributes): T | undefined {
    let node: Node<T> | undefined = this.#root
    for (const key in attributes) {
      while (node.key !== key) {
        if (node === this.#end) return undefined
        node = node.others
      }
      const value: unknown = attributes[key]
      node = value === node.firstValue ? node.firstChild : node.children.get(value)
      if (node === undefined) return undefined
    }
    return node.leaf
  }

  /**
   * Makes `find` lead from these attributes, in this order, to `leaf`. Left out are sets that a walk can't or
   * must not remember: values compared by identity, inherited attributes, an empty key.
   */
  insert(attributes: Attributes, leaf: T): void {
    for (const key in attributes) {
      const value = attributes[key]
      const byIdentity = typeof value === 'object' && value !== null
      if (byIdentity || key === '' || key === '\0end' || !Object.hasOwn(attributes, key)) return
    }
    let node = this.#root
    for (const key in attributes) {
      node = this.#forKey(node, key)
      let child = node.children.get(attributes[key])
      if (child === undefined) {
        if (this.#nodes >= this.#maxNodes) return
        this.#nodes++
        child = new Node(this.#end)
        node.add(attributes[key], child)
      }
      node = child
    }
    node.leaf = leaf
  }

  #forKey(first: Node<T>, key: string): Node<T> {
    for (let node = first; ; node = node.others) {
      if (node.key === '') {
        node.key = key
        node.children = new Map()
      }
      if (node.key === key) return node
      if (node.others === this.#end) {
        node.others = new Node(this.#end)
      }
    }
  }
}
