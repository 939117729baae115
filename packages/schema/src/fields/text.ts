import * as z from "zod";
import { codePointCount, loneSurrogate } from "./code-points.ts";
import { addIssue, field } from "./field.ts";
import type { Payload } from "./field.ts";
import { NO_NULL_CHARACTERS, NOT_A_STRING, NOT_BLANK, surrogateNotAllowed, tooManyCharacters } from "./messages.ts";
import { pythonNumberText } from "./python-number-text.ts";
import { pythonStrip } from "./python-strip.ts";

/** How a text is read. */
export interface TextOptions {
  /** The most Unicode code points allowed. */
  readonly max?: number;
  /** Whether `""` (after trimming) is allowed; not by default. */
  readonly blank?: boolean;
  /** Whether surrounding white space is removed; it is by default. */
  readonly trim?: boolean;
  /** What is said of a value that is no text at all; "Not a valid string." by default. */
  readonly notText?: string;
}

/** A text with a rule of its own, asked only about a text that broke no general limit; it answers what is wrong, or null. */
export interface RuledTextOptions extends TextOptions {
  readonly rule: (text: string) => string | null;
}

/** A text field as Django REST framework's CharField (contract §1.19): numbers are written as text, every broken limit is told. */
export function text(options: TextOptions = {}): z.ZodType<string, string> {
  const like = likeText(options);
  return field({ like, json: () => textOrNumber(like), read: (payload) => readText(payload, options) });
}

/** A text field which must also keep `rule`, as a `validate_<field>` method of a serializer; blank texts are not asked. */
export function ruledText(options: RuledTextOptions, like: z.ZodType<string, string> = likeText(options)): z.ZodType<string, string> {
  return field({ like, json: () => textOrNumber(like), read: (payload) => readRuledText(payload, options) });
}

/** The JSON Schema of a text field: numbers are accepted, too, and written as text. */
function textOrNumber(like: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...json } = z.toJSONSchema(like, { io: "input", unrepresentable: "any" });
  return json.type === "string" ? { ...json, type: ["string", "number"] } : json;
}

/** Reads a text and adds the issues found; undefined means there were some. */
export function readText(payload: Payload, options: TextOptions): string | undefined {
  const given = asText(payload.value);
  if (given === null) {
    addIssue(payload, options.notText ?? NOT_A_STRING);
    return undefined;
  }
  const stripped = options.trim === false ? given : pythonStrip(given);
  if (stripped === "") {
    if (options.blank === true) return "";
    addIssue(payload, NOT_BLANK);
    return undefined;
  }
  return withinLimits(payload, stripped, options.max) ? stripped : undefined;
}

/** Reads a text as `readText` and then asks the rule. */
export function readRuledText(payload: Payload, options: RuledTextOptions): string | undefined {
  const value = readText(payload, options);
  const broken = value === undefined || value === "" ? null : options.rule(value);
  if (broken === null) return value;
  addIssue(payload, broken);
  return undefined;
}

/** The plain zod schema that documents a text field. */
export function likeText(options: TextOptions): z.ZodString {
  const like = options.blank === true ? z.string() : z.string().min(1);
  return options.max === undefined ? like : like.max(options.max);
}

function asText(value: unknown): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? pythonNumberText(value) : null;
}

function withinLimits(payload: Payload, value: string, max: number | undefined): boolean {
  const before = payload.issues.length;
  if (max !== undefined && value.length > max && codePointCount(value) > max) addIssue(payload, tooManyCharacters(max));
  if (value.includes("\0")) addIssue(payload, NO_NULL_CHARACTERS);
  const lone = loneSurrogate(value);
  if (lone !== null) addIssue(payload, surrogateNotAllowed(lone));
  return payload.issues.length === before;
}
