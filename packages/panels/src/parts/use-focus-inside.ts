// The keys of a page are heard inside it. Opened by the keyboard, the host has put the focus around it.

import { useEffect, type RefObject } from 'react';

/** `whole`: the page has a document of its own, which hears the keys of nothing else. Where it has not, a body with the focus means that nobody has it. */
export function useFocusInside(page: RefObject<HTMLElement>, whole: boolean): void {
  useEffect(() => {
    const take = () => {
      const around = document.activeElement;
      const isMeant = whole ? around === document.body && document.hasFocus() : around !== document.body && around?.contains(page.current) === true;
      if (isMeant) page.current?.querySelector<HTMLElement>('[role="tabpanel"]')?.focus();
    };
    take();
    if (!whole) return undefined;
    addEventListener('focus', take);
    return () => removeEventListener('focus', take);
  }, [page, whole]);
}
