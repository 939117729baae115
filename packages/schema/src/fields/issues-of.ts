import type * as z from "zod";

/** What a schema tells of a value, for tests: the messages by dotted path ("" is the value itself); `{}` when it is accepted. */
export function issuesOf(schema: z.ZodType, value: unknown): Record<string, string[]> {
  const told = new Map<string, string[]>();
  for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
    const key = path.join(".");
    told.set(key, [...(told.get(key) ?? []), message]);
  }
  return Object.fromEntries(told);
}
