import * as z from "zod";
import { addIssue, asOutput, compositeField, runInner } from "./field.ts";
import type { Context, Payload } from "./field.ts";
import { NOT_NULL } from "./messages.ts";
import { pythonTypeName } from "./python-type-name.ts";

/** How a list is read. */
export interface ListOptions {
  /** Whether `[]` is allowed; it is by default. */
  readonly empty?: boolean;
  /** The most elements allowed. */
  readonly max?: number;
}

/** A list field; `element` is the schema of its elements. */
export type ListField<Item extends z.ZodType> = z.ZodType<z.output<Item>[], z.input<Item>[]> & { readonly element: Item };

/**
 * A list as Sentry's ListField (contract §1.19): only the first bad element is told, under its index, and reading stops
 * there; a null element which the element's schema refuses is told at the list's own path.
 */
export function list<Item extends z.ZodType>(element: Item, options: ListOptions = {}): ListField<Item> {
  const read = (payload: Payload, context: Context) => readList(payload, element, options, context);
  return compositeField({ like: likeList(element, options), read }, { element });
}

function readList<Item extends z.ZodType>(
  payload: Payload,
  element: Item,
  options: ListOptions,
  context: Context,
): z.output<Item>[] | undefined {
  const items = payload.value;
  if (!Array.isArray(items)) {
    addIssue(payload, `Expected a list of items but got type "${pythonTypeName(items)}".`);
    return undefined;
  }
  const wrongLength = lengthProblem(items.length, options);
  if (wrongLength !== null) {
    addIssue(payload, wrongLength);
    return undefined;
  }
  const kept: unknown[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const item: unknown = items[index];
    const result = runInner(element, item, context);
    if (result.issues.length > 0) {
      if (item === null) addIssue(payload, NOT_NULL);
      else payload.issues.push(...z.core.util.prefixIssues(index, result.issues));
      return undefined;
    }
    kept.push(result.value);
  }
  return asOutput(kept);
}

function lengthProblem(length: number, { empty, max }: ListOptions): string | null {
  if (empty === false && length === 0) return "This list may not be empty.";
  return max !== undefined && length > max ? `Ensure this field has no more than ${max} elements.` : null;
}

function likeList<Item extends z.ZodType>(element: Item, options: ListOptions): z.ZodArray<Item> {
  const like = z.array(element);
  const filled = options.empty === false ? like.min(1) : like;
  return options.max === undefined ? filled : filled.max(options.max);
}
