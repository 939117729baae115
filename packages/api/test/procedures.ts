import { appRouter } from "../src/app-router.ts";

/** A procedure: its path, its type, and its operation. */
export type ServedProcedure = { readonly path: string; readonly type: "query" | "mutation"; readonly operation: unknown };

type Definition = { readonly type: "query" | "mutation"; readonly meta: { readonly operation: unknown } };

/** Every procedure of the router. */
export function servedProcedures(): ServedProcedure[] {
  const { procedures } = Reflect.get(appRouter, "_def") as { procedures: Record<string, unknown> };
  return Object.entries(procedures).map(([path, procedure]) => ({ path, ...definitionOf(procedure) }));
}

/** The definition of a procedure. The cast is needed because tRPC's types nest procedures by router, while at run time they are flat. */
function definitionOf(procedure: unknown): { type: "query" | "mutation"; operation: unknown } {
  if (typeof procedure !== "function") throw new Error("tRPC has changed how it stores procedures");
  const { type, meta } = Reflect.get(procedure, "_def") as Definition;
  return { type, operation: meta.operation };
}
