import { redirect } from "next/navigation";
import { expect, test } from "vitest";
import { noResponseMessage } from "./call-action.ts";

test("a proxy that answers in place of the server leaves open whether it was done", () => {
  expect(noResponseMessage(new Error("An unexpected response was received from the server."))).toBe(
    "The server gave no answer, so this may not have been done. What you typed is still here: look, then send it again.",
  );
});

test("a failure of the server's is named as its log names it", () => {
  expect(noResponseMessage(Object.assign(new Error("minified"), { digest: "3712" }))).toContain("as digest 3712");
});

test("being sent to another page is no failure", () => {
  const sent = (() => {
    try {
      return redirect("/sign-in");
    } catch (error) {
      return error;
    }
  })();
  expect(() => noResponseMessage(sent)).toThrow(expect.objectContaining({ digest: expect.stringContaining("/sign-in") }));
});
