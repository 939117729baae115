import type { Reader, Tx } from "@landfall/db/store";
import type { Scope } from "@landfall/schema/scope";
import * as z from "zod";
import type { Actor } from "./actor.ts";
import { type AppError, forbidden, notFound, unauthenticated } from "./app-error.ts";
import type { Context } from "./context.ts";
import { parseInput } from "./input.ts";
import { ANONYMOUS_BYTES, DEFAULT_LIMITS, type Limits } from "./limits.ts";

/** The scopes of which a caller needs one. Never empty: an operation without a scope does not compile. */
export type Scopes = readonly [Scope, ...Scope[]];

/**
 * Finds the target of an operation (an organization, one of its releases …) and checks that the caller may reach it, before the rest of the
 * input is validated (contract 1.17). Rows are found through their owner, never by their id alone.
 */
export interface Locator<P, L> {
  readonly params: z.ZodType<P, P>;
  locate(on: { readonly db: Reader; readonly actor: Actor; readonly scope: Scopes }, params: P): Promise<L>;
}

/** A failure of a mutation whose transaction is still committed: clients retry, and details can arrive later (contract 3.2, step 9). */
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
  /** The most that a request may contain; `DEFAULT_LIMITS` if not set. */
  readonly limits?: Limits;
};

/** The rest of a call whose caller has one of the operation's scopes. `input` is called once the caller is known to reach the target. */
export type AuthorizedCall<O> = (params: unknown, input: () => unknown) => Promise<O>;

export interface Operation<K extends "query" | "mutation", P, In, O> {
  /** Calls the operation with parameters and input in one object. */
  (context: Context, input: P & In): Promise<O>;
  /** Calls the operation with its parameters apart from the input. */
  call(context: Context, params: unknown, input: () => unknown): Promise<O>;
  /**
   * Checks the caller's scopes and returns the rest of the call, for adapters that read the body in between. Throws 401 without a caller, and
   * 403 for one without any of the scopes.
   */
  authorize(context: Context): AuthorizedCall<O>;
  readonly kind: K;
  readonly scope: Scopes;
  readonly params: z.ZodType<P, P>;
  readonly input: z.ZodType<unknown, In>;
  /** Adapters read no more of a request than this. */
  readonly limits: Limits;
}

/** An operation that only reads: `run` gets a `Reader`, which cannot write. */
export function query<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out> & { run(on: On<L> & { readonly db: Reader }, input: Out): Promise<O> },
): Operation<"query", P, In, O> {
  return operation("query", definition, (caller, params, input) => {
    const db = caller.context.store.read;
    return perform(definition, { ...caller, db }, params, input, (on, value) => definition.run({ ...on, db }, value));
  });
}

/**
 * An operation that writes. `run` is one transaction, which ends with the promise that it returns; an error that it throws rolls everything
 * back. A `CommittedFailure` that it returns is thrown after the commit.
 */
export function mutation<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out> & {
    readonly writeFirst?: WriteFirst<NoInfer<L>, NoInfer<Out>>;
    run(on: On<L> & { readonly tx: Tx }, input: Out): Promise<O | CommittedFailure>;
  },
): Operation<"mutation", P, In, O> {
  const { writeFirst, run } = definition;
  return operation("mutation", definition, async (caller, params, input) => {
    const { store } = caller.context;
    const first = await store.transaction<FirstAttempt<L, Out, O>>((tx) =>
      perform(definition, { ...caller, db: tx }, params, input, async (on, value) =>
        writeFirst?.isNeeded(value) ? { writeFirst, input: value } : { result: await run({ ...on, tx }, value) },
      ),
    );
    const result = "result" in first ? first.result : await runInParts(first.writeFirst, first.input);
    if (result instanceof CommittedFailure) throw result.error;
    return result;

    async function runInParts({ write }: WriteFirst<L, Out>, value: Out): Promise<O | CommittedFailure> {
      const db = store.read;
      const rest = await locate(definition, { ...caller, db }, params, (on) => write({ ...on, db }, value));
      return store.transaction((tx) => locate(definition, { ...caller, db: tx }, params, (on) => run({ ...on, tx }, rest)));
    }
  });
}

/** The outcome of a mutation's first transaction: the result, or an input that is too large for one transaction. */
type FirstAttempt<L, Out, O> = { readonly result: O | CommittedFailure } | { readonly writeFirst: WriteFirst<L, Out>; readonly input: Out };

/** The handling of an input that is too large for one transaction, which would block every other request. */
export interface WriteFirst<L, Out> {
  isNeeded(input: Out): boolean;
  /**
   * Writes most of the input in transactions of its own and returns the rest for `run`, which makes it visible in one more transaction. `run`
   * may never follow, so the rows written here must not change the meaning of any other.
   */
  write(on: On<L> & { readonly db: Reader }, input: Out): Promise<Out>;
}

/**
 * A mutation with slow work before its transaction, such as hashing a password: a transaction must not wait for anything. `prepare` does the
 * work, and `run` checks again what may have changed since.
 */
export function mutationWithPreparation<P, L, In, Out, Prepared, O>(
  definition: Definition<P, L, In, Out> & {
    prepare(on: On<L> & { readonly db: Reader }, input: Out): Promise<Prepared>;
    run(on: Omit<On<L>, "at"> & { readonly tx: Tx }, prepared: Prepared): Promise<O>;
  },
): Operation<"mutation", P, In, O> {
  return operation("mutation", definition, async (caller, params, input) => {
    const { actor, context } = caller;
    const db = context.store.read;
    const prepared = await perform(definition, { ...caller, db }, params, input, (on, value) => definition.prepare({ ...on, db }, value));
    return context.store.transaction((tx) => definition.run({ tx, actor, now: context.now(), context }, prepared));
  });
}

/** Returns the caller if their own scopes include one of these. Throws 401 without a caller, and 403 otherwise. Reads no database. */
export function requireScope(actor: Actor | null, scope: Scopes): Actor {
  if (actor === null) throw unauthenticated();
  if (!scope.some((one) => actor.scopes.has(one)))
    throw forbidden(`The credentials of this request lack the required scope: ${scope.join(" or ")}.`);
  return actor;
}

type Caller = { readonly actor: Actor; readonly context: Context };

function operation<K extends "query" | "mutation", P, L, In, Out, O>(
  kind: K,
  { scope, at, input, limits = DEFAULT_LIMITS }: Definition<P, L, In, Out>,
  run: (caller: Caller, params: unknown, input: () => unknown) => Promise<O>,
): Operation<K, P, In, O> {
  const authorize = (context: Context): AuthorizedCall<O> => {
    const actor = requireScope(context.actor, scope);
    return (params, readInput) => run({ actor, context }, params, readInput);
  };
  const call = async (context: Context, params: unknown, readInput: () => unknown) => authorize(context)(params, readInput);
  const ofFlatInput = (context: Context, flat: P & In) => call(context, flat, () => flat);
  return Object.assign(ofFlatInput, { call, authorize, kind, scope, params: at.params, input, limits });
}

type CallerWithDb = Caller & { readonly db: Reader };

/** Finds the target of the operation, and validates the input once the caller is known to reach it. */
function perform<P, L, In, Out, O>(
  definition: Definition<P, L, In, Out>,
  call: CallerWithDb,
  params: unknown,
  input: () => unknown,
  run: (on: On<L>, input: Out) => Promise<O>,
): Promise<O> {
  return locate(definition, call, params, (on) => run(on, parseInput(definition.input, input())));
}

async function locate<P, L, In, Out, O>(
  { at: { params: schema, locate: find }, scope }: Definition<P, L, In, Out>,
  { db, actor, context }: CallerWithDb,
  params: unknown,
  run: (on: On<L>) => Promise<O>,
): Promise<O> {
  const names = parseInput(schema, params);
  if (Object.values(names ?? {}).some(isUnstorable)) throw notFound("No name contains a NUL character or an incomplete Unicode character.");
  const at = await find({ db, actor, scope }, names);
  return run({ at, actor, now: context.now(), context });
}

/** PostgreSQL rejects NUL and lone surrogates even in queries. No row with such a name was ever stored, so it does not exist. */
const isUnstorable = (name: unknown): boolean => typeof name === "string" && (name.includes("\0") || !name.isWellFormed());

type NoParams = Record<never, never>;

/** An operation without a scope, which callers without credentials may call. */
export interface OpenOperation<In, O> {
  (context: Context, input: In): Promise<O>;
  call(context: Context, params: unknown, input: () => unknown): Promise<O>;
  authorize(context: Context): AuthorizedCall<O>;
  readonly kind: "query";
  readonly params: z.ZodType<NoParams, NoParams>;
  readonly input: z.ZodType<unknown, In>;
  readonly limits: Limits;
}

type OpenDefinition<In, Out, O> = {
  readonly input: z.ZodType<Out, In>;
  run(on: { readonly db: Reader; readonly actor: Actor | null; readonly now: Date; readonly context: Context }, input: Out): Promise<O>;
};

/** A query that needs no permission: it may only return information about the caller. */
export function openQuery<In, Out, O>({ input, run }: OpenDefinition<In, Out, O>): OpenOperation<In, O> {
  const call = async (context: Context, _params: unknown, readInput: () => unknown): Promise<O> => {
    const { store, actor, now } = context;
    return run({ db: store.read, actor, now: now(), context }, parseInput(input, readInput()));
  };
  const authorize =
    (context: Context): AuthorizedCall<O> =>
    (params, readInput) =>
      call(context, params, readInput);
  const ofFlatInput = (context: Context, flat: In) => call(context, {}, () => flat);
  return Object.assign(ofFlatInput, { call, authorize, kind: "query" as const, params: z.object({}), input, limits: OPEN_LIMITS });
}

/** Callers may have no credentials. */
const OPEN_LIMITS: Limits = { ...DEFAULT_LIMITS, bytes: ANONYMOUS_BYTES };

/** For operations about the caller or the server, not about one organization. */
export const atNothing: Locator<Record<never, never>, null> = { params: z.object({}), locate: () => Promise.resolve(null) };
