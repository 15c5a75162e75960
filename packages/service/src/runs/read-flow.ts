// The flow of a notebook as it ran.

import { blobKey, UserError, type Flow } from '@headwater/protocol';
import { asText, openAnalyser, type Store } from '@headwater/engine';

/** Null where its text is gone or nothing can be made of it any more. */
export async function readFlow(store: Store, snapshot: string, notebook: string): Promise<Flow | null> {
  const text = asText(await store.get(blobKey(snapshot)));
  if (text === null) return null;
  try {
    return (await openAnalyser()).analyse(text, { path: notebook });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
