type Listener = { readonly kinds: readonly string[]; readonly onChange: () => void };

const listeners = new Set<Listener>();

/** Calls back when something of one of these kinds ("release", "deploy" …) has changed; answers how to stop. */
export function subscribeToChanges(kinds: readonly string[], onChange: () => void): () => void {
  const listener = { kinds, onChange };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells everybody on the page who asked for changes of this kind; null stands for all kinds. */
export function emitChange(kind: string | null): void {
  for (const { kinds, onChange } of listeners) if (kind === null || kinds.includes(kind)) onChange();
}
