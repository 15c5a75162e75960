// Where what can be made again is kept, of this user.

import os from 'node:os';
import path from 'node:path';

export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'headwater');
}
