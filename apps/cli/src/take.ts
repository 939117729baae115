/** The first `most` items, and whether there are more. No page beyond them is asked for. */
export async function take<T>(items: AsyncIterable<T>, most: number): Promise<{ readonly items: T[]; readonly hasMore: boolean }> {
  const taken: T[] = [];
  for await (const item of items) {
    if (taken.length === most) return { items: taken, hasMore: true };
    taken.push(item);
  }
  return { items: taken, hasMore: false };
}

/** Every item of a list. */
export async function takeAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const { items: taken } = await take(items, Number.POSITIVE_INFINITY);
  return taken;
}
