import { type Placeholder, sql } from "drizzle-orm";
import type { Reader } from "../store.ts";
import { assertOpen } from "../transactions.ts";

/** The part of Drizzle's prepared queries that is used. */
export interface Statement<Rows> {
  execute(values?: Record<string, unknown>): PromiseLike<Rows>;
}

/**
 * A query whose text is built and compiled once per connection rather than at every call, which is about ten times cheaper in SQLite.
 *
 * The type of `param` names the parameters of the statement and their types; each call passes exactly these. While the statement is
 * built, a property of `param` is a placeholder, so it can only be passed on: to a condition, an insert, a limit or an `sql` template.
 * A `Date`, boolean or JSON value that is compared with a column also needs the column's encoding:
 * `gt(t.dateCreated, sql.param(param.since, t.dateCreated))`. For lists see `anyOf`, for many rows to insert see `jsonRows`.
 *
 * @example
 * const selectToken = prepared((db: Reader, param: { hash: string }) =>
 *   db.select().from(db.tables.tokens).where(eq(db.tables.tokens.tokenHash, param.hash)).prepare());
 * const [token] = await selectToken(db, { hash });
 */
export function prepared<Db extends Reader, Rows>(build: (db: Db) => Statement<Rows>): (db: Db) => Promise<Rows>;
export function prepared<Db extends Reader, Values extends object, Rows>(
  build: (db: Db, param: Values) => Statement<Rows>,
): (db: Db, values: Values) => Promise<Rows>;
export function prepared<Db extends Reader, Values extends object, Rows>(
  build: (db: Db, param: Values) => Statement<Rows>,
): (db: Db, values?: Values) => Promise<Rows> {
  const statements = new WeakMap<Db, Statement<Rows>>();
  return async (db, values) => {
    assertOpen(db);
    let statement = statements.get(db);
    if (!statement) statements.set(db, (statement = build(db, parameters<Values>())));
    return await statement.execute({ ...values });
  };
}

/**
 * The parameters of a statement while it is built: each property is the placeholder of its name. The cast gives a placeholder the type
 * of its value, since Drizzle takes placeholders wherever it takes values, but checks the type of a value against its column only.
 */
function parameters<Values extends object>(): Values {
  return new Proxy({}, { get: (_target, name): Placeholder => sql.placeholder(String(name)) }) as Values;
}

/** The parameters of these names, as the row that `insert(…).values(…)` takes. */
export function pick<Values extends object, Name extends keyof Values & string>(
  param: Values,
  names: readonly Name[],
): { [Key in Name]: Values[Key] } {
  return fromEntries<Values, Name>(names.map((name) => [name, param[name]]));
}

/** `Object.fromEntries` types every value alike; here each entry has the type of its own name. */
const fromEntries = <Values extends object, Name extends keyof Values>(entries: readonly (readonly [Name, Values[Name]])[]) =>
  Object.fromEntries(entries) as { [Key in Name]: Values[Key] };
