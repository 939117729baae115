import type { AppRouter } from "@landfall/api/app-router";
import type { PageLink as ServerPageLink } from "@landfall/schema/page";
import type { Mutation, PageLink, Query } from "../src/procedure.ts";

/** Rebuilds a type from its fields, because the compiler writes a named type as an import of the server's file. */
type Plain<T> = unknown extends T
  ? T
  : T extends Date
    ? T
    : T extends ServerPageLink
      ? PageLink
      : string extends keyof T
        ? Record<string, Plain<T[keyof T]>>
        : { [K in keyof T]: Plain<T[K]> };

type Described<R> = R extends {
  readonly _def: { readonly type: infer T; readonly $types: { readonly input: infer In; readonly output: infer Out } };
}
  ? T extends "mutation"
    ? Mutation<Plain<In>, Plain<Out>>
    : Query<Plain<In>, Plain<Out>>
  : { [K in keyof R]: Described<R[K]> };

declare function describe<R>(): Described<R>;

/** The procedures of the server. A constant, because the compiler writes its type with all fields, and an alias as it is declared. */
export const procedures = describe<AppRouter["_def"]["record"]>();
