import { callers } from "@landfall/testing/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { openQuery } from "./open-query.ts";

let bench: TestApp;
beforeEach(async () => {
  bench = await createTestApp();
});
afterEach(() => bench.close());

const echo = openQuery({
  input: z.object({ word: z.string("A word, please.").transform((word) => word.toUpperCase()) }),
  run: ({ actor, now }, { word }) => Promise.resolve({ actor, now: now.toISOString(), word }),
});

describe("openQuery", () => {
  it("runs for nobody, called either way", async () => {
    const context = await callers(bench.app, bench.given).nobody();
    const answer = { actor: null, now: "2026-01-02T03:04:05.678Z", word: "HI" };
    expect(await echo(context, { word: "hi" })).toEqual(answer);
    expect(await echo.call(context, { ignored: 1 }, () => ({ word: "hi" }))).toEqual(answer);
  });

  it("refuses input that is none, as every operation does", async () => {
    const context = await callers(bench.app, bench.given).nobody();
    await expect(echo.call(context, {}, () => ({ word: 1 }))).rejects.toThrow(
      expect.objectContaining({ code: "invalid", issues: [{ path: ["word"], message: "A word, please." }] }),
    );
  });

  it("says what it is, for the adapters", () => {
    expect(echo.kind).toBe("query");
    expect(echo.params.parse({ anything: 1 })).toEqual({});
    expect(echo).not.toHaveProperty("scope");
  });
});
