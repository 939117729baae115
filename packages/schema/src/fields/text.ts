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

/** The options of a text. */
export interface TextOptions {
  /** The maximum length in Unicode code points. */
  readonly max?: number;
  /** Whether `""` (after trimming) is allowed; false by default. */
  readonly blank?: boolean;
  /** Whether surrounding white space is removed; true by default. */
  readonly trim?: boolean;
  /** The error for a value that is not text; "Not a valid string." by default. */
  readonly notText?: string;
}

/** A text with its own rule, which returns the error or null. It runs only for a text within the general limits. */
export interface RuledTextOptions extends TextOptions {
  readonly rule: (text: string) => string | null;
}

/** A text field like Django REST framework's CharField (contract 1.19): numbers become text, and all exceeded limits are reported. */
export function text(options: TextOptions = {}): z.ZodType<string, string> {
  const like = likeText(options);
  return field({ like, json: () => textOrNumber(like), read: (payload) => readText(payload, options) });
}

/** A text field with `rule`, like a `validate_<field>` method of a serializer; the rule does not run for blank texts. */
export function ruledText(options: RuledTextOptions, like: z.ZodType<string, string> = likeText(options)): z.ZodType<string, string> {
  return field({ like, json: () => textOrNumber(like), read: (payload) => readRuledText(payload, options) });
}

/** The JSON Schema of a text field: numbers are accepted too, and become text. */
function textOrNumber(like: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...json } = z.toJSONSchema(like, { io: "input", unrepresentable: "any" });
  return json.type === "string" ? { ...json, type: ["string", "number"] } : json;
}

/** Reads a text and adds its issues; undefined if there were any. */
function readText(payload: Payload, options: TextOptions): string | undefined {
  const value = asText(payload.value);
  if (value === null) {
    addIssue(payload, options.notText ?? NOT_A_STRING);
    return undefined;
  }
  const stripped = options.trim === false ? value : pythonStrip(value);
  if (stripped === "") {
    if (options.blank === true) return "";
    addIssue(payload, NOT_BLANK);
    return undefined;
  }
  return withinLimits(payload, stripped, options.max) ? stripped : undefined;
}

/** Reads a text as `readText`, and then checks the rule. */
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

/** The options of a choice. */
export interface OneOfOptions {
  /** Returns the error for another value. */
  readonly invalid: (value: string) => string;
  /** The maximum length in Unicode code points, checked before the choices. */
  readonly max?: number;
}

/** One of several exact texts, with its own error for others (contract 3.4: `Invalid status deleted`). */
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

/** The number of Unicode code points of a text: a surrogate pair is one, and so is a lone surrogate (contract 1.19). */
export function codePointCount(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (!isLowSurrogate(text.charCodeAt(index)) || !isHighSurrogate(text.charCodeAt(index - 1))) continue;
    count -= 1;
    index += 1;
  }
  return count;
}

/** The first surrogate that is not part of a pair; null if the text is well formed. */
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
