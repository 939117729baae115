import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";

const now = new Date("2024-03-15T12:00:00Z");

const release = (form: string, value: string, negated = false) => [{ kind: "release", negated, match: { form, value } }];
const oneOf = (values: string[], negated = false) => [{ kind: "release", negated, match: { form: "in", values } }];

describe("release:", () => {
  it.each([
    ["release:foobar", release("exact", "foobar")],
    ["release:foo@1.0+7", release("exact", "foo@1.0+7")],
    ['release:"1.2.1 (123)"', release("exact", "1.2.1 (123)")],
    ['release:"a\\"b"', release("exact", 'a"b')],
    ['release:""', release("exact", "")],
    ["!release:foobar", release("exact", "foobar", true)],
    ["release:foo*", release("prefix", "foo")],
    ["release:*bar", release("suffix", "bar")],
    ["release:*oob*", release("infix", "oob")],
    ["!release:*oob*", release("infix", "oob", true)],
    ['release:"my app 1*"', release("prefix", "my app 1")],
    ["release:f*r", release("exact", "f*r")],
    ["release:f*o*", release("prefix", "f*o")],
    ["release:*", release("prefix", "")],
    ["release:**", release("infix", "")],
    ["release:foo\\*", release("exact", "foo*")],
    ["release:\\*foo*", release("prefix", "*foo")],
    ["release:100%_*", release("prefix", "100%_")],
    ["release:>1.0", release("exact", ">1.0")],
    ["release:!=1.0", release("exact", "!=1.0")],
    ["release:[foobar]", oneOf(["foobar"])],
    ["release:[a,b]", oneOf(["a", "b"])],
    ['!release:[a, "b c",d*]', oneOf(["a", "b c", "d*"], true)],
    ["release:latest", [{ kind: "latest", negated: false }]],
    ["!release:latest", [{ kind: "latest", negated: true }]],
    ["release:latest*", release("prefix", "latest")],
    ["release:Latest", release("exact", "Latest")],
    ["release:[latest]", oneOf(["latest"])],
  ])("%s", (query, expected) => {
    expect(parseReleaseQuery(query, now)).toEqual(expected);
  });
});
