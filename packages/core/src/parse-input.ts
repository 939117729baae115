import type { Issue } from "@landfall/schema/error";
import type * as z from "zod";
import { AppError } from "./app-error.ts";

/** The input as its schema understands it; throws `invalid` with every issue and its path. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues: Issue[] = parsed.error.issues.map(({ path, message }) => ({ path: path.map(step), message }));
  throw new AppError("invalid", issues[0]?.message ?? "Invalid input", { issues });
}

const step = (key: PropertyKey): string | number => (typeof key === "symbol" ? String(key) : key);
