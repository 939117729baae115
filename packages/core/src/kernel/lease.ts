/** How long background work counts as running without a heartbeat, in milliseconds. After that, another process may take it over. */
export const LEASE = 2 * 60 * 1000;

/**
 * Returns a function to call at every step of long work. It calls `write` with the current date when a quarter of the lease has passed since
 * the last heartbeat, or when the clock was set back.
 */
export function createHeartbeat(now: () => Date, write: (date: Date) => Promise<void>): () => Promise<void> {
  let last = now().getTime();
  return async () => {
    const date = now();
    if (Math.abs(date.getTime() - last) < LEASE / 4) return;
    last = date.getTime();
    await write(date);
  };
}
