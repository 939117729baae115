import * as z from "zod";
import { addIssue, asOutput, compositeField, type Context, type FieldSpec, NOT_NULL, type Payload, runInner } from "./field.ts";
import { pythonTypeName } from "./python.ts";

/** The members of an object, by name. */
type Shape = Readonly<Record<string, z.ZodType>>;

/** An object field; `shape` lets another object be built from its members. */
type ObjectField<Members extends Shape> = z.ZodType<z.output<z.ZodObject<Members>>, z.input<z.ZodObject<Members>>> & {
  readonly shape: Members;
};

/** The key of an object's own errors, as opposed to those of its members (contract 1.7, §1.19). */
const OWN_ERRORS = "non_field_errors";

/**
 * A nested object like a serializer of Django REST framework (contract 1.19): unknown members are ignored, all invalid members are
 * reported together, and a value that is not an object is reported under `non_field_errors`. Only own properties are read.
 */
export function object<Members extends Shape>(shape: Members): ObjectField<Members> {
  return objectField(shape, { read: (payload, context) => readMembers(payload, shape, context) });
}

/** Makes an object field with the given reader. */
function objectField<Members extends Shape>(
  shape: Members,
  spec: Omit<FieldSpec<z.output<z.ZodObject<Members>>, z.ZodObject<Members>>, "like">,
): ObjectField<Members> {
  return compositeField({ like: z.object(shape), ...spec }, { shape });
}

/** Reads the members of `shape` from the payload's value; undefined if there were issues. */
function readMembers<Members extends Shape>(
  payload: Payload,
  shape: Members,
  context: Context,
): z.output<z.ZodObject<Members>> | undefined {
  const source = payload.value;
  if (!isDictionary(source)) {
    addIssue(payload, `Invalid data. Expected a dictionary, but got ${pythonTypeName(source)}.`, [OWN_ERRORS]);
    return undefined;
  }
  const before = payload.issues.length;
  const output: Record<string, unknown> = {};
  for (const key in shape) {
    const member = shape[key];
    if (member === undefined) continue;
    const present = Object.hasOwn(source, key);
    const result = runInner(member, present ? source[key] : undefined, context);
    if (result.issues.length > 0) payload.issues.push(...z.core.util.prefixIssues(key, result.issues));
    else if (present || result.value !== undefined) output[key] = result.value;
  }
  return payload.issues.length === before ? asOutput(output) : undefined;
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A whole request body (contract 1.7): like `object()`, but a missing body counts as `{}`, and null is the error
 * "No data provided" under `non_field_errors`.
 */
export function body<Members extends Shape>(shape: Members): ObjectField<Members> {
  return objectField(shape, {
    readsEmpty: true,
    read: (payload, context) => {
      if (payload.value === null) {
        addIssue(payload, "No data provided", [OWN_ERRORS]);
        return undefined;
      }
      payload.value ??= {};
      return readMembers(payload, shape, context);
    },
  });
}

/** The options of a list. */
export interface ListOptions {
  /** Whether `[]` is allowed; true by default. */
  readonly empty?: boolean;
  /** The maximum number of elements. */
  readonly max?: number;
}

/** A list field; `element` is the schema of its elements. */
export type ListField<Item extends z.ZodType> = z.ZodType<z.output<Item>[], z.input<Item>[]> & { readonly element: Item };

/**
 * A list like Sentry's ListField (contract 1.19): only the first invalid element is reported, under its index, and reading stops
 * there. A null element that the element's schema rejects is reported at the path of the list.
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
  const output: unknown[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const item: unknown = items[index];
    const result = runInner(element, item, context);
    if (result.issues.length > 0) {
      if (item === null) addIssue(payload, NOT_NULL);
      else payload.issues.push(...z.core.util.prefixIssues(index, result.issues));
      return undefined;
    }
    output.push(result.value);
  }
  return asOutput(output);
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
