import path from "node:path";
import type { Env } from "../../env.ts";

/** The environment with another database: a `postgres://` address or the path of an SQLite file. The same without one. */
export function withDatabase(env: Env, where: string | undefined): Env {
  if (where === undefined) return env;
  if (/^postgres(?:ql)?:\/\//.test(where)) return { ...env, databaseUrl: where };
  const databaseFile = path.resolve(where);
  return { ...env, databaseUrl: null, databaseFile, dataDir: path.dirname(databaseFile) };
}
