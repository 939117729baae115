import { appRouter } from "../src/app-router.ts";

/** A procedure as it is served: its path, whether it reads or writes, and the operation behind it. */
export type ServedProcedure = { readonly path: string; readonly type: "query" | "mutation"; readonly operation: unknown };

type Definition = { readonly type: "query" | "mutation"; readonly meta: { readonly operation: unknown } };

/** Every procedure of the router. */
export function servedProcedures(): ServedProcedure[] {
  const { procedures } = Reflect.get(appRouter, "_def") as { procedures: Record<string, unknown> };
  return Object.entries(procedures).map(([path, procedure]) => ({ path, ...definitionOf(procedure) }));
}

/** What tRPC keeps of a procedure; its types show it only nested by router, while at run time it is flat. */
function definitionOf(procedure: unknown): { type: "query" | "mutation"; operation: unknown } {
  if (typeof procedure !== "function") throw new Error("tRPC keeps its procedures in another way now");
  const { type, meta } = Reflect.get(procedure, "_def") as Definition;
  return { type, operation: meta.operation };
}
