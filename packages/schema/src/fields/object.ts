import * as z from "zod";
import { addIssue, asOutput, compositeField, runInner } from "./field.ts";
import type { Context, FieldSpec, Payload } from "./field.ts";
import { pythonTypeName } from "./python-type-name.ts";

/** The members of an object, by name. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** An object field; `shape` lets another object be built from its members. */
export type ObjectField<Members extends Shape> = z.ZodType<z.output<z.ZodObject<Members>>, z.input<z.ZodObject<Members>>> & {
  readonly shape: Members;
};

/** Where an object's own problems are told, beside those of its members (contract §1.7, §1.19). */
export const OWN_ERRORS = "non_field_errors";

/**
 * A nested object as a Django REST framework serializer (contract §1.19): members it does not know are ignored, all bad
 * members are told together, anything but an object is told under `non_field_errors`. Only own properties are read.
 */
export function object<Members extends Shape>(shape: Members): ObjectField<Members> {
  return objectField(shape, { read: (payload, context) => readMembers(payload, shape, context) });
}

/** Makes an object field of a shape out of the given reader. */
export function objectField<Members extends Shape>(
  shape: Members,
  spec: Omit<FieldSpec<z.output<z.ZodObject<Members>>, z.ZodObject<Members>>, "like">,
): ObjectField<Members> {
  return compositeField({ like: z.object(shape), ...spec }, { shape });
}

/** Reads the members of `shape` from the payload's value; undefined means there were issues. */
export function readMembers<Members extends Shape>(
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
  const kept: Record<string, unknown> = {};
  for (const key in shape) {
    const member = shape[key];
    if (member === undefined) continue;
    const present = Object.hasOwn(source, key);
    const result = runInner(member, present ? source[key] : undefined, context);
    if (result.issues.length > 0) payload.issues.push(...z.core.util.prefixIssues(key, result.issues));
    else if (present || result.value !== undefined) kept[key] = result.value;
  }
  return payload.issues.length === before ? asOutput(kept) : undefined;
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
