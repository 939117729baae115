import type { Reader, Store, Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";

/** The store, and the number of statements that were read outside of transactions since the last call. */
export type CountedStore = { readonly store: Store; taken(): number };

/**
 * The store with its reads counted: each run of a query, prepared or not. A subquery counts as part of its query. Statements of
 * transactions are not counted.
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
      return typeof member === "function" ? (...args: unknown[]) => counted(member.apply(target, args), ran) : member;
    },
  });
}

/** Tracks a query while it is built: it runs when it is awaited, or when its prepared statement is executed. */
function counted(built: unknown, ran: () => void): unknown {
  if (typeof built !== "object" || built === null || !isBuilder(built)) return built;
  return new Proxy(built, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        const result: unknown = member.apply(target, args);
        if (name !== "then" && name !== "execute") return counted(result, ran);
        ran();
        return result;
      };
    },
  });
}

/** A select before and after its `from`, the result of `with`, and a prepared statement. */
const isBuilder = (value: object): boolean =>
  ["from", "where", "select", "execute"].some((name) => typeof Reflect.get(value, name) === "function");

/**
 * The store, in which every transaction returns its result and is then rolled back, so that each call of a test starts from the same
 * state. After-commit work is not run.
 */
export function undoingStore(store: Store): Store {
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const results: T[] = [];
    const undone = new Error("undone");
    try {
      await store.transaction(async (tx) => {
        results.push(await work(tx));
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    return lastOf(results);
  };
  return { ...store, transaction };
}

/** The last result. The cast is safe since the work either threw or added a result, which may be undefined. */
const lastOf = <T>(results: readonly T[]): T => results.at(-1) as T;

/** The number of rows by table name. */
export type RowCounts = Readonly<Record<string, number>>;

/** Counts the rows of every table, in one statement. Equal results before and after a call show that it added and deleted nothing. */
export async function rowCounts({ read }: Store): Promise<RowCounts> {
  const counts = Object.entries(read.tables).map(
    ([name, table]) => [name, sql<number>`(select count(*) from ${table})`.mapWith(Number)] as const,
  );
  const [row] = await read.select(Object.fromEntries(counts)).from(sql`(select 1) as one_row`);
  if (!row) throw new Error("counting returned no row");
  return row;
}
