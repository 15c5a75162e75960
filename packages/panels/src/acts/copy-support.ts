// The support bundle: versions and the service's log, and where a panel failed, if one did. On the clipboard, for the person to look at and to send.

import type { Problem } from '@headwater/protocol';
import type { Backend } from '../client/backend.ts';
import { t } from '../words/translate.ts';
import type { Desk } from './desk.ts';

export interface SupportParts {
  readonly backend: Backend;
  readonly desk: Desk;
  readonly copy: (text: string) => void | PromiseLike<void>;
}

/** `trace`: where a panel failed; the bundle is of use without the service, too. */
export async function copySupport({ backend, desk, copy }: SupportParts, trace: string | null = null): Promise<void> {
  const text = await backend.call('support', {}).then((bundle) => bundle.text, (error: unknown) => (error as Problem).sentence);
  await copy(trace === null ? text : `${trace}\n\n${text}`);
  desk.say(t('Copied: versions and the log of the service, nothing of your work.'), 'success');
}
