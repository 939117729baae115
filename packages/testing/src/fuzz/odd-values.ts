import fc from "fast-check";

/** Texts that often cause errors: NUL, lone surrogates, names of prototypes, LIKE patterns, texts that look like numbers. */
const KNOWN_TROUBLE = [
  "",
  " ",
  "\u00a0\u2028",
  "\0",
  "a\0b",
  "\ud800",
  "x\udc00y",
  "\udfff\ud800",
  "\ufeff",
  "\u200b",
  "\u202e",
  "\r\n",
  "a\nb",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "NaN",
  "true",
  "%",
  "_",
  "\\",
  "\\'\";--",
  "' or 1=1 --",
  "$1",
  "{}",
  "[]",
  "..",
  ".",
  "/",
  "../../etc/passwd",
  "latest",
  "0",
  "-1",
  "1e400",
  "0x1",
  "007",
  "2147483648",
  "9007199254740993",
  "123456789012345678901234567890",
  "-",
  "1.",
  "İıſK",
  "ﬃ",
  "e\u0301",
  "👩‍👩‍👧‍👦",
  "\u{10ffff}",
];

/** A text of `length` code points, every other of which takes two UTF-16 units and four bytes. */
export const textOfLength = (length: number, character = "a"): string => character.repeat(length);

/** Any text that a client could send; occasionally a very long one. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...KNOWN_TROUBLE) },
  { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)) },
  { weight: 2, arbitrary: fc.constantFrom(64, 65, 75, 76, 128, 129, 200, 201, 510, 511).map((length) => textOfLength(length)) },
  { weight: 1, arbitrary: fc.constantFrom("a", "\u{1f680}", "\0", "%", " ").map((character) => textOfLength(20_000, character)) },
);

/** Numbers as JSON texts; several of them do not fit in a JavaScript number. */
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

/** The maximum nesting depth of a text of a few hundred kilobytes. */
export const DEEP = {
  list: "[".repeat(LEVELS) + "]".repeat(LEVELS),
  object: '{"a":'.repeat(LEVELS) + "1" + "}".repeat(LEVELS),
  /** With a long number, which is parsed in another way. */
  number: `${"[".repeat(LEVELS)}12345678901234567890${"]".repeat(LEVELS)}`,
} as const;

/** A JSON object from the texts of its values; a name may be repeated. */
export const objectText = (members: readonly (readonly [string, string])[]): string =>
  `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;

/** JSON texts of any shape. They are texts rather than values, since 1e400, 30-digit numbers and duplicate keys exist only in text. */
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
