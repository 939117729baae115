import * as z from "zod";

/* oxlint-disable no-underscore-dangle -- `_zod` is where zod has its extension points */
/** The value and its issues: zod's own payload. */
export type Payload = z.core.ParsePayload<unknown>;

/** Zod's settings of one parse, passed on to the schemas of members and elements. */
export type Context = z.core.ParseContextInternal;

/** Reads the value of a field: returns the parsed value, or adds issues to the payload (the result is then unused). */
type Read<Out> = (payload: Payload, context: Context) => Out | undefined;

/** The definition of a field. */
export interface FieldSpec<Out, Like extends z.ZodType> {
  /** A plain zod schema of the documented input, from which the input type and the JSON Schema are derived. */
  readonly like: Like;
  /** The JSON Schema of the input, if it cannot be derived from `like`. */
  readonly json?: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
  /** Whether `read` handles undefined and null; by default they are rejected before it. */
  readonly readsEmpty?: boolean;
  readonly read: Read<Out>;
}

interface FieldDef extends z.core.$ZodTypeDef, FieldSpec<unknown, z.ZodType> {
  type: "custom";
  inner?: object;
}

interface FieldInternals extends z.core.$ZodTypeInternals<unknown, unknown> {
  def: FieldDef;
}

interface FieldSchema extends z.ZodType<unknown, unknown, FieldInternals> {}

const FieldSchema: z.core.$constructor<FieldSchema> = z.core.$constructor("LandfallField", (schema, def) => {
  z.ZodType.init(schema, def);
  Object.assign(schema, def.inner);
  schema._zod.parse = (payload, context) => {
    const { value } = payload;
    if (def.readsEmpty !== true && (value === undefined || value === null)) {
      addIssue(payload, value === undefined ? REQUIRED : NOT_NULL);
      return payload;
    }
    payload.value = def.read(payload, context);
    return payload;
  };
  schema._zod.processJSONSchema = (context, json, params) => {
    if (def.json === undefined) def.like._zod.processJSONSchema?.(context, json, params);
    else Object.assign(json, typeof def.json === "function" ? def.json() : def.json);
  };
});

/**
 * Makes a zod schema from a reader. A missing value is the error "This field is required.", null is
 * "This field may not be null." (contract 1.19); zod's optional(), nullable(), nullish() and default() work with it.
 * The schema is synchronous and never throws on decoded JSON.
 */
export function field<Out, Like extends z.ZodType>(spec: FieldSpec<Out, Like>): z.ZodType<Out, z.input<Like>> {
  return asSchema<Out, z.input<Like>>(new FieldSchema({ type: "custom", ...spec }));
}

/** Makes a field of other schemas, which are available as properties of it and of its copies (describe(), refine()). */
export function compositeField<Out, Like extends z.ZodType, Inner extends object>(
  spec: FieldSpec<Out, Like>,
  inner: Inner,
): z.ZodType<Out, z.input<Like>> & Inner {
  return asSchema<Out, z.input<Like>, Inner>(new FieldSchema({ type: "custom", inner, ...spec }));
}

/** Adds an issue with the contract's text; `path` is relative to the value. */
export function addIssue(payload: Payload, message: string, path: PropertyKey[] = []): void {
  payload.issues.push({ code: "custom", message, path, input: payload.value });
}

/**
 * Runs the schema of a member or element.
 * @throws z.core.$ZodAsyncError if the schema has an asynchronous refinement: fields are synchronous.
 */
export function runInner(schema: z.core.$ZodType, value: unknown, context: Context): Payload {
  const result = schema._zod.run({ value, issues: [] }, context);
  if (result instanceof Promise) throw new z.core.$ZodAsyncError();
  return result;
}

/** A cast: `runInner` validated each part with the schema of its type, which the compiler cannot derive from a loop. */
export function asOutput<Out>(parts: unknown): Out {
  return parts as Out;
}

/** A cast: zod's constructors know their types only at run time; here they are those of the reader and `like`. */
function asSchema<Out, In, Inner = unknown>(schema: FieldSchema): z.ZodType<Out, In> & Inner {
  return schema as z.ZodType<unknown, unknown> as z.ZodType<Out, In> & Inner;
}

/** The errors that all fields share, in the words of Django REST framework (contract 1.19). */
const REQUIRED = "This field is required.";

export const NOT_NULL = "This field may not be null.";
export const NOT_BLANK = "This field may not be blank.";
export const NOT_A_STRING = "Not a valid string.";
export const NO_NULL_CHARACTERS = "Null characters are not allowed.";

/** The error for a string longer than `max` Unicode code points. */
export function tooManyCharacters(max: number): string {
  return `Ensure this field has no more than ${max} characters.`;
}

/** The error for a lone surrogate, with its code unit as `U+D800`. */
export function surrogateNotAllowed(codeUnit: number): string {
  return `Surrogate characters are not allowed: U+${codeUnit.toString(16).toUpperCase()}.`;
}
