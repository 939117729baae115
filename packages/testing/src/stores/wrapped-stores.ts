import type { Reader, Store, Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";

/** The store, and how many statements were read outside transactions since it was asked last. */
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
      return typeof member === "function" ? (...given: unknown[]) => counted(member.apply(target, given), ran) : member;
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
      return (...given: unknown[]) => {
        const answer: unknown = member.apply(target, given);
        if (name !== "then" && name !== "execute") return counted(answer, ran);
        ran();
        return answer;
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
    const answered: T[] = [];
    const undone = new Error("undone");
    try {
      await store.transaction(async (tx) => {
        answered.push(await work(tx));
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    return lastOf(answered);
  };
  return { ...store, transaction };
}

/** Nothing answered would have thrown, so there is one; an answer of undefined is one too, which the cast says. */
const lastOf = <T>(answered: readonly T[]): T => answered.at(-1) as T;

/** The number of rows by table name. */
export type RowCounts = Readonly<Record<string, number>>;

/** Counts the rows of every table, in one statement. Equal results before and after a call show that it added and deleted nothing. */
export async function rowCounts({ read }: Store): Promise<RowCounts> {
  const counts = Object.entries(read.tables).map(
    ([name, table]) => [name, sql<number>`(select count(*) from ${table})`.mapWith(Number)] as const,
  );
  const [row] = await read.select(Object.fromEntries(counts)).from(sql`(select 1) as one_row`);
  if (!row) throw new Error("counting answered nothing");
  return row;
}
