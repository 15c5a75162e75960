// Asking again when what was asked about has moved on, at most so often.

import { useEffect, useRef } from 'react';
import type { Asked } from '../context.tsx';

const CALM_MS = 400;

/** `key` changes with every change worth asking for; the last one is never missed. */
export function useAgain({ again }: Pick<Asked<unknown>, 'again'>, key: string): void {
  const first = useRef(key);
  useEffect(() => {
    if (first.current === key) return undefined;
    first.current = key;
    const timer = setTimeout(again, CALM_MS);
    return () => clearTimeout(timer);
  }, [key]);
}
