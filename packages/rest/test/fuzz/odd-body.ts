import { type JsonSchema, toInputSchema } from "@landfall/schema/fields/json-schema";
import { aimedJson, type Known } from "@landfall/testing/fuzz/aimed-values";
import { DEEP, objectText, oddJson, oddText } from "@landfall/testing/fuzz/odd-values";
import fc from "fast-check";
import type { Route } from "../../src/http/route.ts";

export type OddBody = { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string | null };

/** The JSON Schema of a route's input; an empty one if it has none. */
export const inputSchema = ({ input }: Pick<Route, "input">): JsonSchema => (input === null ? {} : toInputSchema(input));

/** Random bodies for a route: mostly JSON for its fields, also JSON of any kind, texts that are not JSON, forms, and bytes. */
export function oddBody(route: Pick<Route, "input">, known: Known): fc.Arbitrary<OddBody> {
  const schema = inputSchema(route);
  const fields = Object.keys(schema.properties ?? {});
  const aimed = fc.oneof(...[0, 3, 20].map((wrong) => aimedJson(schema, { name: "", known, wrong })));
  const field = fc.constantFrom("version", ...fields);
  return fc.oneof(
    { weight: 60, arbitrary: fc.tuple(aimed, jsonType).map(([text, type]) => asBody(text, type)) },
    { weight: 8, arbitrary: oddJson.map((text) => asBody(text)) },
    {
      weight: 5,
      arbitrary: fc.tuple(field, fc.constantFrom(...Object.values(DEEP))).map(([name, deep]) => asBody(objectText([[name, deep]]))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(DEEP)).map((text) => asBody(text)) },
    { weight: 6, arbitrary: aimed.chain(damaged).map((bytes) => ({ bytes, contentType: "application/json" })) },
    { weight: 4, arbitrary: fc.tuple(aimed, fc.oneof(wrongType, headerText)).map(([text, type]) => asBody(text, type)) },
    { weight: 8, arbitrary: fc.array(fc.tuple(fc.oneof(field, oddText), oddText), { maxLength: 5 }).chain(asForm) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.uint8Array({ maxLength: 40 }), fc.oneof(jsonType, formType))
        .map(([bytes, contentType]) => ({ bytes: own(bytes), contentType })),
    },
    { weight: 1, arbitrary: fc.constant({ bytes: new Uint8Array(), contentType: null }) },
  );
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

const asBody = (text: string, contentType = "application/json"): OddBody => ({ bytes: encode(text), contentType });

const jsonType = fc.constantFrom("application/json", "application/json; charset=utf-8", "APPLICATION/JSON");

const formType = fc.constantFrom(
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  'multipart/form-data; boundary="',
);

const wrongType = fc.constantFrom(
  "",
  "text/plain",
  "application/vnd.api+json",
  "application",
  "*/*",
  ";",
  "application/json,text/plain",
  "multipart/form-data; boundary=",
);

/** Any valid header. */
const headerText = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f),
    { maxLength: 30 },
  )
  .map((codes) => String.fromCharCode(...codes));

/** A JSON text that is truncated, has bytes that are not UTF-8, begins with a byte order mark, or has trailing text. */
function damaged(text: string): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const bytes = encode(text);
  return fc.oneof(
    fc.nat(bytes.length).map((length) => bytes.slice(0, length)),
    fc.nat(bytes.length).map((at) => new Uint8Array([...bytes.slice(0, at), 0xff, 0xed, 0xa0, 0x80, ...bytes.slice(at)])),
    fc.constantFrom(
      encode(`\ufeff${text}`),
      encode(`${text},`),
      encode(`${text}\0`),
      encode(text.replaceAll('"', "'")),
      encode(`[${text}, NaN, Infinity]`),
    ),
  );
}

const BOUNDARY = "----landfall";

/** The same names and values as a form of either kind, complete or truncated. */
function asForm(pairs: readonly (readonly [string, string])[]): fc.Arbitrary<OddBody> {
  const part = ([name, value]: readonly [string, string]) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const multipart = encode(`${pairs.map(part).join("")}--${BOUNDARY}--\r\n`);
  const urlencoded = encode(pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join("&"));
  const complete = fc.constantFrom<OddBody>(
    { bytes: multipart, contentType: `multipart/form-data; boundary=${BOUNDARY}` },
    { bytes: multipart, contentType: "multipart/form-data; boundary=another" },
    { bytes: urlencoded, contentType: "application/x-www-form-urlencoded" },
    { bytes: encode(`${new TextDecoder().decode(urlencoded)}&%zz=%&=&&a=%ff%fe`), contentType: "application/x-www-form-urlencoded" },
  );
  return fc.oneof(
    complete,
    fc.tuple(complete, fc.nat(200)).map(([{ bytes, contentType }, length]) => ({ bytes: bytes.slice(0, length), contentType })),
  );
}
