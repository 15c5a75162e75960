// Which files this service touches: notebooks and stores within its roots, and the store it was given. Names from outside are checked here
// before they become paths.

import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { FORMAT_KEY, UserError } from '@headwater/protocol';
import { locateStore, openStore, type Store } from '@headwater/engine';

export interface PlacesOptions {
  readonly roots: readonly string[];
  /** The store for every notebook, or null for each its nearest. */
  readonly store: string | null;
}

export class Places {
  readonly #options: PlacesOptions;
  readonly roots: readonly string[];
  readonly #known = new Set<string>();

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.roots = options.roots.map((root) => realpathSync(root));
  }

  /** Absolute path of a notebook within the roots, whether or not it is there. Throws UserError. */
  notebook(text: string): string {
    const full = this.#inside(text);
    if (full === null) {
      throw new UserError('notebook-elsewhere', `${path.basename(text)} is outside the folders Headwater serves here.`, 'Move it into the folder that is open, or open its folder.');
    }
    return full;
  }

  /** The store of a notebook, or of the first root. */
  storeOf(notebook: string | null): string {
    const from = notebook === null ? this.roots[0] ?? process.cwd() : path.dirname(this.notebook(notebook));
    const url = locateStore({ named: this.#options.store, from });
    this.#known.add(url);
    return url;
  }

  /** A store this service itself has used; returns its name. */
  admit(url: string): string {
    this.#known.add(url);
    return url;
  }

  /** Opens a store that was named by an editor. Throws UserError for one that is none of ours. */
  async open(url: string): Promise<Store> {
    if (!this.#known.has(url)) {
      const full = url === this.#options.store ? url : this.#inside(url);
      if (full === null || !existsSync(path.join(full, FORMAT_KEY))) {
        throw new UserError('store-elsewhere', `${url} is no store that Headwater serves here.`, 'Open the folder it is in.');
      }
      this.#known.add(url);
    }
    return openStore(url);
  }

  /** Links resolved as far as the path exists; null for what is outside. */
  #inside(text: string): string | null {
    if (text.includes('\0')) return null;
    const full = path.resolve(this.roots[0] ?? '', text);
    let existing = full;
    while (!existsSync(existing)) existing = path.dirname(existing);
    const real = path.join(realpathSync(existing), path.relative(existing, full));
    return this.roots.some((root) => real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) ? real : null;
  }
}
