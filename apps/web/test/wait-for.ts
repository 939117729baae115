/** Waits until `found` returns a value and returns it. @throws after five seconds. */
export async function waitFor<T>(found: () => T | undefined | false): Promise<T> {
  const limit = performance.now() + 5000;
  for (;;) {
    const value = found();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > limit) throw new Error("it did not happen within five seconds");
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
