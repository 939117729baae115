import type { Reader } from "@landfall/db/store";
import * as z from "zod";
import type { Actor } from "./access/actor.ts";
import type { Context } from "./context.ts";
import { ANONYMOUS_BYTES, DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { parseInput } from "./parse-input.ts";

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
