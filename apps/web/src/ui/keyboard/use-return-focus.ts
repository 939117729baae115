"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Returns a ref for the element that gets the focus when `isOpen` becomes false. A lazily loaded dialog is unmounted when it closes and
 * cannot return the focus itself. Not `useFocusReturn` of @mantine/hooks: that returns to what had the focus when the dialog opened, which
 * is a removed entry where a menu opened it, and nothing in Safari, where a click does not focus a button.
 */
export function useReturnFocus<T extends HTMLElement>(isOpen: boolean): RefObject<T | null> {
  const target = useRef<T>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) target.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return target;
}
