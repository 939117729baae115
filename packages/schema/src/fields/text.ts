import * as z from "zod";
import {
  addIssue,
  field,
  NO_NULL_CHARACTERS,
  NOT_A_STRING,
  NOT_BLANK,
  type Payload,
  surrogateNotAllowed,
  tooManyCharacters,
} from "./field.ts";
import { pythonNumberText, pythonStrip } from "./python.ts";

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
function readText(payload: Payload, options: TextOptions): string | undefined {
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
function readRuledText(payload: Payload, options: RuledTextOptions): string | undefined {
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

/** How a choice is read. */
export interface OneOfOptions {
  /** The text for a value that is none of the choices; it is given the value as read. */
  readonly invalid: (value: string) => string;
  /** The most Unicode code points allowed, told before membership is asked. */
  readonly max?: number;
}

/** One of a few exact texts, told in the field's own words when it is another (contract §3.4: `Invalid status deleted`). */
export function oneOf<const Choice extends string>(choices: readonly Choice[], options: OneOfOptions): z.ZodType<Choice, Choice> {
  return field({
    like: z.enum(choices),
    read: (payload) => {
      const value = readText(payload, options);
      if (value === undefined) return undefined;
      const found = choices.find((one) => one === value);
      if (found === undefined) addIssue(payload, options.invalid(value));
      return found;
    },
  });
}

/** How many Unicode code points a text has: a surrogate pair is one, a lone surrogate is one (contract §1.19). */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (!isLowSurrogate(text.charCodeAt(index)) || !isHighSurrogate(text.charCodeAt(index - 1))) continue;
    count -= 1;
    index += 1;
  }
  return count;
}

/** The first surrogate of a text that is not half of a pair, or null when the text is well formed. */
export function loneSurrogate(text: string): number | null {
  if (text.isWellFormed()) return null;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && (isHighSurrogate(code) || isLowSurrogate(code))) return code;
  }
  return null;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
