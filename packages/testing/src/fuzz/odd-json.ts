import fc from "fast-check";
import { oddText } from "./odd-text.ts";

/** Numbers as they may stand in a JSON text; several cannot be held by a JavaScript number. */
const NUMBERS = [
  "0",
  "-0",
  "1",
  "-1",
  "1.5",
  "1e3",
  "1e400",
  "-1e400",
  "1e-400",
  "2147483648",
  "9007199254740993",
  "123456789012345678901234567890",
  "0.1",
];

const LEVELS = 100_000;

/** As deep as a text of a few hundred kilobytes can nest. */
export const DEEP = {
  list: "[".repeat(LEVELS) + "]".repeat(LEVELS),
  object: '{"a":'.repeat(LEVELS) + "1" + "}".repeat(LEVELS),
  /** With a long number, which is read in another way. */
  number: `${"[".repeat(LEVELS)}12345678901234567890${"]".repeat(LEVELS)}`,
} as const;

/** A JSON text as an object, from the texts of its values; the same name may be given twice. */
export const objectText = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;

/** JSON texts of any shape. Texts rather than values: 1e400, 30-digit numbers and duplicate keys exist only there. */
export const oddJson: fc.Arbitrary<string> = fc.letrec<{ value: string; leaf: string; list: string; object: string }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: oddText.map((text) => JSON.stringify(text)) },
    { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 2, arbitrary: fc.constantFrom("null", "true", "false", "[]", "{}") },
  ),
  list: fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
  object: fc.array(fc.tuple(oddText, tie("value")), { maxLength: 4 }).map(objectText),
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: tie("leaf") },
    { weight: 1, arbitrary: tie("list") },
    { weight: 1, arbitrary: tie("object") },
  ),
})).value;
