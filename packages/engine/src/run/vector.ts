// A list that never changes and is cheap to change: a new one shares all but one way down a tree. Made for the branches of a wide foreach.

/** Elements or smaller trees in one node: one as narrow makes little that is garbage, one as wide is not deep. */
const WIDTH = 32;

type Node<T> = readonly (T | Node<T>)[];

export class Vector<T> {
  readonly length: number;
  readonly #root: Node<T>;
  /** How many elements one entry of the root stands for. */
  readonly #span: number;

  private constructor(root: Node<T>, span: number, length: number) {
    this.#root = root;
    this.#span = span;
    this.length = length;
  }

  static empty<T>(): Vector<T> {
    return new Vector<T>([], 1, 0);
  }

  get(index: number): T | undefined {
    let node = this.#root;
    for (let span = this.#span; span > 1; span /= WIDTH) node = (node[Math.floor(index / span) % WIDTH] ?? []) as Node<T>;
    return index >= 0 && index < this.length ? (node[index % WIDTH] as T | undefined) : undefined;
  }

  /** With another element at `index`, which is at most the length. */
  with(index: number, value: T): Vector<T> {
    // The tree grows by a root of which it is the first entry.
    const grows = index >= this.#span * WIDTH;
    const [root, span] = grows ? [[this.#root], this.#span * WIDTH] : [this.#root, this.#span];
    return new Vector(place(root, span, { index, value }), span, Math.max(this.length, index + 1));
  }

  *[Symbol.iterator](): Generator<T> {
    for (let index = 0; index < this.length; index += 1) yield this.get(index) as T;
  }
}

function place<T>(node: Node<T>, span: number, { index, value }: { index: number; value: T }): Node<T> {
  const at = Math.floor(index / span) % WIDTH;
  const copy = [...node];
  copy[at] = span === 1 ? value : place((node[at] ?? []) as Node<T>, span / WIDTH, { index, value });
  return copy;
}
