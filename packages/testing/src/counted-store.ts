import type { Reader, Store } from "@landfall/db/store";

/** The store, and how many statements were read outside transactions since it was asked last. */
export type CountedStore = { readonly store: Store; taken(): number };

/**
 * The store with its reads counted: each run of a query, prepared or not. A query used inside another one is part of that. Statements
 * of transactions are not counted.
 */
export function countedStore(store: Store): CountedStore {
  let count = 0;
  const ran = () => void (count += 1);
  return {
    store: { ...store, read: countedReader(store.read, ran) },
    taken: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}

function countedReader(read: Reader, ran: () => void): Reader {
  return new Proxy(read, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? (...given: unknown[]) => counted(member.apply(target, given), ran) : member;
    },
  });
}

/** Follows a query as it is built: it runs when it is awaited, or when what it was prepared to is executed. */
function counted(built: unknown, ran: () => void): unknown {
  if (typeof built !== "object" || built === null || !isBuilder(built)) return built;
  return new Proxy(built, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        const answer: unknown = member.apply(target, given);
        if (name !== "then" && name !== "execute") return counted(answer, ran);
        ran();
        return answer;
      };
    },
  });
}

/** A select before and after its `from`, what `with` answers, and a prepared statement. */
const isBuilder = (value: object): boolean =>
  ["from", "where", "select", "execute"].some((name) => typeof Reflect.get(value, name) === "function");
