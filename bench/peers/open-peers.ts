// All peers that this machine can have; the others with the reason why not.

import type { Peers } from '../bench.ts';
import { Missing, prepareEnvironment } from '../../test/helpers/peers.ts';
import { findPython, prepareUvEnvironment } from './environment.ts';
import { Metaflow } from './metaflow.ts';
import { Papermill } from './papermill.ts';
import { Strata } from './strata.ts';

/** Strata Notebook wants this one or newer. */
const STRATA_PYTHON = '3.12';

export function openPeers(env: NodeJS.ProcessEnv): Peers {
  return {
    metaflow: open('Metaflow', () => new Metaflow(prepareEnvironment('metaflow'), env)),
    papermill: open('Papermill', () => new Papermill(prepareEnvironment('papermill'), env)),
    strata: open('Strata Notebook', () => {
      const python = findPython(STRATA_PYTHON);
      return new Strata(prepareUvEnvironment('strata', python), { uv: prepareEnvironment('uv'), python }, env);
    }),
  };
}

function open<T>(name: string, make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.log(`${name} is left out: ${error.message}`);
    return null;
  }
}
