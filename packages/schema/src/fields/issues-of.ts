import type * as z from "zod";

/** The issues of a value, for tests: the messages by dotted path ("" is the value itself); `{}` if it is valid. */
export function issuesOf(schema: z.ZodType, value: unknown): Record<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
    const key = path.join(".");
    messages.set(key, [...(messages.get(key) ?? []), message]);
  }
  return Object.fromEntries(messages);
}
