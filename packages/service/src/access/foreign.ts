// Whose run it is: outputs of other people's runs lose what could act in an editor.

import type { RunRecord } from '@headwater/protocol';

export const isForeign = (record: RunRecord, user: string) => record.by !== user;
