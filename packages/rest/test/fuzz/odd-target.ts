import type { JsonSchema } from "@landfall/schema/fields/json-schema";
import { fittingText, type Known, unfittingText } from "@landfall/testing/fuzz/aimed-values";
import { oddText } from "@landfall/testing/fuzz/odd-values";
import fc from "fast-check";
import type { Route } from "../../src/http/route.ts";
import { inputSchema } from "./odd-body.ts";

/** Path and query of a request to a route as a client writes them: mostly `name=value` for its parameters, occasionally any bytes. */
export function oddTarget(route: Route, known: Known): fc.Arbitrary<string> {
  return fc.tuple(oddPath(route.path, known), oddSearch(route, known)).map(([path, search]) => path + search);
}

function oddPath(path: string, known: Known): fc.Arbitrary<string> {
  const segments = path
    .split("/")
    .map((segment) => (segment.startsWith(":") ? parameter(known[segment] ?? known[segment.slice(1)] ?? ["1"]) : fc.constant(segment)));
  return fc.tuple(...segments).map((texts) => texts.join("/"));
}

const parameter = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...known).map(encodeURIComponent) },
    { weight: 1, arbitrary: oddText.map(escaped) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "%",
        "%zz",
        "%00",
        "%ff%fe",
        "%ED%A0%80",
        "%2e%2e%2f",
        "a%2Fb",
        "a\\b",
        "^|`{}",
        "9".repeat(30),
        "-1",
        "%F0%9F%92%A9",
        "a".repeat(8000),
        "+",
        "é",
      ),
    },
  );

function oddSearch(route: Route, known: Known): fc.Arbitrary<string> {
  const parameters = Object.entries(inputSchema(route).properties ?? {}).map(([name, schema]) =>
    parameterPair(name, typeof schema === "boolean" ? {} : schema, known),
  );
  const pair = fc.oneof(
    ...(parameters.length > 0 ? [{ weight: 12, arbitrary: fc.oneof(...parameters) }] : []),
    { weight: 1, arbitrary: fc.tuple(oddText, oddText).map(([name, value]) => `${escaped(name)}=${escaped(value)}`) },
    { weight: 1, arbitrary: rawBytes },
  );
  const pairs = fc.array(pair, { minLength: 1, maxLength: 5 }).map((all) => `?${all.join("&")}`);
  const often = route.method === "GET" ? 9 : 1;
  return fc.oneof({ weight: often, arbitrary: pairs }, { weight: 10 - often, arbitrary: fc.constant("") });
}

const parameterPair = (name: string, schema: JsonSchema, known: Known): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 5, arbitrary: fittingText(schema, name, known) },
      { weight: 1, arbitrary: fc.oneof(unfittingText(schema, name), fc.constantFrom(...Object.values(known).flat())) },
    )
    .map((value) => `${name}=${escaped(value)}`);

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());

const rawBytes = fc.array(fc.integer({ min: 0x21, max: 0xff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes));
