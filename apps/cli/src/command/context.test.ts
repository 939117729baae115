import { describe, expect, test } from "vitest";
import { testRuntime, type TestRuntimeOptions } from "../../test/test-runtime.ts";
import { resolveSettings } from "../settings/resolve-settings.ts";
import { createContext } from "./context.ts";

function contextOf(env: Record<string, string>, options: TestRuntimeOptions & { isDryRun?: boolean; isQuiet?: boolean } = {}) {
  const runtime = testRuntime({ ...options, env });
  const settings = resolveSettings({}, runtime.env, null);
  return { context: createContext({ runtime, settings, isDryRun: options.isDryRun ?? false, isQuiet: options.isQuiet ?? false }), runtime };
}

describe("a context", () => {
  test("sends writes, or records them in a dry run", async () => {
    const send = async (input: number) => input * 2;
    const real = contextOf({}).context;
    expect(await real.write("a.b", 2, send)).toBe(4);
    expect(real.planned).toEqual([]);
    const dry = contextOf({}, { isDryRun: true }).context;
    expect(await dry.write("a.b", 2, send)).toBeUndefined();
    expect(dry.planned).toEqual([{ call: "a.b", input: 2 }]);
  });

  test("writes messages and warnings to stderr, and keeps warnings", () => {
    const { context, runtime } = contextOf({});
    context.info("hello\u001b");
    context.warn("careful");
    expect(runtime.err()).toBe("hello\ufffd\nwarning: careful\n");
    expect(context.warnings).toEqual(["careful"]);
  });

  test("writes nothing with --quiet, but keeps warnings", () => {
    const { context, runtime } = contextOf({}, { isQuiet: true, isTerminal: true });
    context.info("hello");
    context.warn("careful");
    context.progress("x").show(1, 2);
    expect(runtime.err()).toBe("");
    expect(context.warnings).toEqual(["careful"]);
  });

  test("shows progress on a terminal", () => {
    const { context, runtime } = contextOf({}, { isTerminal: true });
    context.progress("x").show(1, 2);
    expect(runtime.err()).toContain("50 %");
  });

  test("warns about contradictory settings immediately", () => {
    const token = `sntrys_${Buffer.from('{"iat":1,"url":"https://a.test","org":"acme"}').toString("base64")}_${"a".repeat(43)}`;
    const { runtime } = contextOf({ LANDFALL_URL: "https://b.test", LANDFALL_TOKEN: token });
    expect(runtime.err()).toContain("warning: The token from LANDFALL_TOKEN is for https://a.test, but https://b.test");
    expect(runtime.err()).not.toContain(token);
  });

  test("creates one client, and requires a server and a token only then", () => {
    const { context } = contextOf({ LANDFALL_URL: "https://a.test", LANDFALL_TOKEN: "t" });
    expect(context.client).toBe(context.client);
    expect(() => contextOf({ LANDFALL_TOKEN: "t" }).context.client).toThrow(expect.objectContaining({ exit: "input" }));
    expect(() => contextOf({ LANDFALL_URL: "https://a.test" }).context.client).toThrow(expect.objectContaining({ exit: "auth" }));
  });
});
