import type { Reader, Tx } from "@landfall/db/store";
import type { Scope } from "@landfall/schema/scope";
import * as z from "zod";
import type { Actor } from "./actor.ts";
import { type AppError, forbidden, notFound, unauthenticated } from "./app-error.ts";
import type { Context } from "./context.ts";
import { parseInput } from "./input.ts";
import { ANONYMOUS_BYTES, DEFAULT_LIMITS, type Limits } from "./limits.ts";

/** What any one of is needed. Never empty: an operation without a scope does not compile. */
export type Scopes = readonly [Scope, ...Scope[]];

/**
 * Finds what an operation is about (an organization, one of its releases …) and checks that the caller may reach it, before the
 * rest of the input is looked at (contract 1.17). Rows are found through their owner, never by a bare id.
 */
export interface Locator<P, L> {
  readonly params: z.ZodType<P, P>;
  locate(on: { readonly db: Reader; readonly actor: Actor; readonly scope: Scopes }, params: P): Promise<L>;
}

/** A refusal that keeps what was written before it: clients retry, and details can arrive later (contract 3.2, step 9). */
export class CommittedFailure {
  readonly error: AppError;
  constructor(error: AppError) {
    this.error = error;
  }
}

type On<L> = { readonly at: L; readonly actor: Actor; readonly now: Date; readonly context: Context };

type Definition<P, L, In, Out> = {
  /** Any one of these scopes suffices. */
  readonly scope: Scopes;
  readonly at: Locator<P, L>;
  readonly input: z.ZodType<Out, In>;
  /** What a request may contain; `DEFAULT_LIMITS` unless the operation takes more. */
  readonly limits?: Limits;
};

export interface Operation<K extends "query" | "mutation", P, In, O> {
  /** Parameters and input in one object, as typed callers write it. */
  (context: Context, input: P & In): Promise<O>;
  /** Parameters apart from the input, which is read only once the caller is known to be let in. */
  call(context: Context, params: unknown, input: () => unknown): Promise<O>;
  readonly kind: K;
  readonly scope: Scopes;
  readonly params: z.ZodType<P, P>;
  readonly input: z.ZodType<unknown, In>;
  /** Adapters read no more of a request than this. */
  readonly limits: Limits;
}

/** A use case that only reads: it is handed a `Reader`, which cannot write. */
export function query<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out> & { run(on: On<L> & { readonly db: Reader }, input: Out): Promise<O> },
): Operation<"query", P, In, O> {
  return operation("query", definition, (context, params, input) => {
    const actor = requireScope(context.actor, definition.scope);
    const db = context.store.read;
    return perform(definition, { db, actor, context }, params, input, (on, value) => definition.run({ ...on, db }, value));
  });
}

/**
 * A use case that writes: it always runs in one transaction, which ends with the promise it returns. What it throws undoes
 * everything; a `KeptFailure` it answers is thrown after the commit.
 */
export function mutation<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out> & {
    readonly ahead?: Ahead<NoInfer<L>, NoInfer<Out>>;
    run(on: On<L> & { readonly tx: Tx }, input: Out): Promise<O | CommittedFailure>;
  },
): Operation<"mutation", P, In, O> {
  const { ahead, run } = definition;
  return operation("mutation", definition, async (context, params, input) => {
    const actor = requireScope(context.actor, definition.scope);
    const { store } = context;
    const first = await store.transaction<FirstAttempt<L, Out, O>>((tx) =>
      perform(definition, { db: tx, actor, context }, params, input, async (on, value) =>
        ahead?.isNeeded(value) ? { ahead, whole: value } : { result: await run({ ...on, tx }, value) },
      ),
    );
    const result = "result" in first ? first.result : await runAhead(first.ahead, first.whole);
    if (result instanceof CommittedFailure) throw result.error;
    return result;

    async function runAhead({ write }: Ahead<L, Out>, whole: Out): Promise<O | CommittedFailure> {
      const db = store.read;
      const rest = await locate(definition, { db, actor, context }, params, (on) => write({ ...on, db }, whole));
      return store.transaction((tx) => locate(definition, { db: tx, actor, context }, params, (on) => run({ ...on, tx }, rest)));
    }
  });
}

/** What came of a mutation's input in its first transaction: the result, or input that is too much for it. */
type FirstAttempt<L, Out, O> = { readonly result: O | CommittedFailure } | { readonly ahead: Ahead<L, Out>; readonly whole: Out };

/** What a mutation does with input that is too much for one transaction, which would stop every other request while it runs. */
export interface Ahead<L, Out> {
  isNeeded(input: Out): boolean;
  /**
   * Writes most of the input in transactions of its own, and returns what is left for `run`, which follows in one transaction and makes
   * it visible. `run` may never follow, so what is written here must not change the meaning of anything.
   */
  write(on: On<L> & { readonly db: Reader }, input: Out): Promise<Out>;
}

/**
 * As `mutation`, with work before the transaction that takes its time, such as hashing a password: inside of one nothing may be waited
 * for. `prepare` does it, and `run` checks again what may have changed since.
 */
export function mutationWithPreparation<P, L, In, Out, Prepared, O>(
  definition: Definition<P, L, In, Out> & {
    prepare(on: On<L> & { readonly db: Reader }, input: Out): Promise<Prepared>;
    run(on: Omit<On<L>, "at"> & { readonly tx: Tx }, prepared: Prepared): Promise<O>;
  },
): Operation<"mutation", P, In, O> {
  return operation("mutation", definition, async (context, params, input) => {
    const actor = requireScope(context.actor, definition.scope);
    const db = context.store.read;
    const prepared = await perform(definition, { db, actor, context }, params, input, (on, value) =>
      definition.prepare({ ...on, db }, value),
    );
    return context.store.transaction((tx) => definition.run({ tx, actor, now: context.now(), context }, prepared));
  });
}

/** Whether the actor's own scopes let it try at all; throws 401 for nobody and 403 otherwise. Needs no database. */
export function requireScope(actor: Actor | null, scope: Scopes): Actor {
  if (actor === null) throw unauthenticated();
  if (!scope.some((one) => actor.scopes.has(one))) throw forbidden();
  return actor;
}

type Call<O> = (context: Context, params: unknown, input: () => unknown) => Promise<O>;

function operation<K extends "query" | "mutation", P, L, In, Out, O>(
  kind: K,
  definition: Definition<P, L, In, Out>,
  work: Call<O>,
): Operation<K, P, In, O> {
  const call: Call<O> = async (context, params, input) => work(context, params, input);
  const { scope, at, input, limits = DEFAULT_LIMITS } = definition;
  return Object.assign((context: Context, flat: P & In) => call(context, flat, () => flat), {
    call,
    kind,
    scope,
    params: at.params,
    input,
    limits,
  });
}

type Caller = { readonly db: Reader; readonly actor: Actor; readonly context: Context };

/** Finds what the operation is about, and validates the input once the caller is known to have access. */
function perform<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out>,
  call: Caller,
  params: unknown,
  input: () => unknown,
  run: (on: On<L>, input: Out) => Promise<O>,
): Promise<O> {
  return locate(definition, call, params, (on) => run(on, parseInput(definition.input, input())));
}

async function locate<P, L, In, Out, O>(
  { at: { params: schema, locate: find }, scope }: Definition<P, L, In, Out>,
  { db, actor, context }: Caller,
  params: unknown,
  run: (on: On<L>) => Promise<O>,
): Promise<O> {
  const names = parseInput(schema, params);
  if (Object.values(names ?? {}).some(isUnstorable)) throw notFound();
  const at = await find({ db, actor, scope }, names);
  return run({ at, actor, now: context.now(), context });
}

/** PostgreSQL refuses NUL and half surrogate pairs even in questions. What is called so was never stored, so it does not exist. */
const isUnstorable = (name: unknown): boolean => typeof name === "string" && (name.includes("\0") || !name.isWellFormed());

type NoParams = Record<never, never>;

/** As `Operation`, for a use case that anybody may call: it names no scope. */
export interface OpenOperation<In, O> {
  (context: Context, input: In): Promise<O>;
  call(context: Context, params: unknown, input: () => unknown): Promise<O>;
  readonly kind: "query";
  readonly params: z.ZodType<NoParams, NoParams>;
  readonly input: z.ZodType<unknown, In>;
  readonly limits: Limits;
}

type OpenDefinition<In, Out, O> = {
  readonly input: z.ZodType<Out, In>;
  run(on: { readonly db: Reader; readonly actor: Actor | null; readonly now: Date; readonly context: Context }, input: Out): Promise<O>;
};

/** A use case that only reads and that nobody needs permission for: it may tell its caller about themselves, and nothing else. */
export function openQuery<In, Out, O>({ input, run }: OpenDefinition<In, Out, O>): OpenOperation<In, O> {
  const call = async (context: Context, _params: unknown, read: () => unknown): Promise<O> => {
    const { store, actor, now } = context;
    return run({ db: store.read, actor, now: now(), context }, parseInput(input, read()));
  };
  return Object.assign((context: Context, flat: In) => call(context, {}, () => flat), {
    call,
    kind: "query" as const,
    params: z.object({}),
    input,
    limits: OPEN_LIMITS,
  });
}

/** Its caller may have no credentials. */
const OPEN_LIMITS: Limits = { ...DEFAULT_LIMITS, bytes: ANONYMOUS_BYTES };

/** An operation about the caller or the server, not about one organization. */
export const atNothing: Locator<Record<never, never>, null> = { params: z.object({}), locate: () => Promise.resolve(null) };
