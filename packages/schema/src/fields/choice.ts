import * as z from "zod";
import { addIssue, field } from "./field.ts";
import { readText } from "./text.ts";

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
