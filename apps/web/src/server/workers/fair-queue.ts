/**
 * A queue in which owners take turns: `shift` returns one item of the owner whose turn is longest ago, so an owner with many items delays
 * the next item of any other owner by one item at most. The items of one owner stay in order.
 */
export class FairQueue<T> {
  /** In the order of their turns. No list is empty. */
  readonly #lists = new Map<number, T[]>();
  readonly #mostPerOwner: number;
  readonly #most: number;
  #size = 0;

  constructor(limits: { readonly mostPerOwner: number; readonly most: number }) {
    this.#mostPerOwner = limits.mostPerOwner;
    this.#most = limits.most;
  }

  /** Adds an item behind the owner's others. Returns false, and adds nothing, when the owner's list or the whole queue is full. */
  push(owner: number, item: T): boolean {
    const list = this.#lists.get(owner) ?? [];
    if (list.length >= this.#mostPerOwner || this.#size >= this.#most) return false;
    list.push(item);
    this.#lists.set(owner, list);
    this.#size += 1;
    return true;
  }

  /** Removes and returns the next item; undefined when there is none. */
  shift(): T | undefined {
    const [next] = this.#lists;
    if (next === undefined) return undefined;
    const [owner, list] = next;
    const item = list.shift();
    this.#lists.delete(owner);
    if (list.length > 0) this.#lists.set(owner, list);
    this.#size -= 1;
    return item;
  }

  /** Removes and returns all items. */
  clear(): T[] {
    const all = [...this.#lists.values()].flat();
    this.#lists.clear();
    this.#size = 0;
    return all;
  }
}
