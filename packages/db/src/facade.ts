import type { Schema } from "./schema.ts";
import type { Dialect, Reader, Tx } from "./store.ts";
import type { TransactionTracker } from "./unit.ts";

type Origin = { readonly dialect: Dialect; readonly tables: Schema };

/** Made once per connection: the shared part of a Drizzle database of either dialect, for reading. */
export function readerOf(database: object, origin: Origin): Reader {
  return asReader({ ...origin, ...pick(database, reading, (method) => method) });
}

/** As `readerOf`, for writing too; every use checks that it happens inside the transaction it belongs to. */
export function txOf(database: object, origin: Origin, units: TransactionTracker, tryLock: Tx["tryLock"]): Tx {
  const whileOpen =
    (method: Method): Method =>
    (...args) => {
      units.current(tx);
      return method(...args);
    };
  const tx: Tx = asTx({
    ...origin,
    ...pick(database, [...reading, "insert", "update", "delete"], whileOpen),
    afterCommit: (work: () => void) => void units.current(tx).afterCommit.push(work),
    tryLock: whileOpen((key) => tryLock(String(key))),
  });
  openChecks.set(tx, () => void units.current(tx));
  return tx;
}

/** Throws when `db` is a transaction that is over. For statements made earlier, which no longer pass through its methods. */
export function assertOpen(db: Reader): void {
  openChecks.get(db)?.();
}

const openChecks = new WeakMap<Reader, () => void>();

const reading = ["select", "selectDistinct", "$with", "with", "$count"] as const;

/** Drizzle types a database by its dialect; all code sees SQLite's types, and the store suite proves that PostgreSQL behaves the same. */
const asReader = (facade: object): Reader => facade as Reader;
const asTx = (facade: object): Tx => facade as Tx;

type Method = (...args: readonly unknown[]) => unknown;

function pick(database: object, names: readonly (keyof Tx)[], wrap: (method: Method) => Method): Record<string, Method> {
  return Object.fromEntries(names.map((name) => [name, wrap(methodOf(database, name))]));
}

function methodOf(database: object, name: string): Method {
  const method: unknown = Reflect.get(database, name);
  if (typeof method !== "function") throw new TypeError(`Drizzle's database has no method ${name}`);
  return method.bind(database);
}
