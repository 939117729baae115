import { type RefObject, useEffect, useRef } from "react";

/**
 * Scrolls a navigation sideways until the item of the current page is in the middle, since on a phone it may not fit. Returns the ref of its
 * list. `index` is that of the current item; -1 for none.
 */
export function useCurrentInView(index: number): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const item = list.current?.children[index];
    if (!list.current || !item) return;
    const [outer, inner] = [list.current.getBoundingClientRect(), item.getBoundingClientRect()];
    list.current.scrollBy({ left: inner.left + inner.width / 2 - (outer.left + outer.width / 2) });
  }, [index]);
  return list;
}
