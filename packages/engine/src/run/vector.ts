// A list that never changes and is cheap to change: a new one shares all chunks but one. Made for the branches of a wide foreach.

/** Copying a chunk and the list of chunks costs the same at 65 000 elements. */
const CHUNK = 256;

export class Vector<T> {
  readonly length: number;
  readonly #chunks: readonly (readonly T[])[];

  private constructor(chunks: readonly (readonly T[])[], length: number) {
    this.#chunks = chunks;
    this.length = length;
  }

  static empty<T>(): Vector<T> {
    return new Vector<T>([], 0);
  }

  get(index: number): T | undefined {
    return this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK];
  }

  /** With another element at `index`, which is at most the length. */
  with(index: number, value: T): Vector<T> {
    const at = Math.floor(index / CHUNK);
    const chunk = [...(this.#chunks[at] ?? [])];
    chunk[index % CHUNK] = value;
    const chunks = [...this.#chunks];
    chunks[at] = chunk;
    return new Vector(chunks, Math.max(this.length, index + 1));
  }

  *[Symbol.iterator](): Generator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }
}
