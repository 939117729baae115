import { redirect } from "next/navigation";
import { expect, test } from "vitest";
import { noResponseMessage } from "./call-action.ts";

test("says that the action may not have been done when a proxy responds instead of the server", () => {
  expect(noResponseMessage(new Error("An unexpected response was received from the server."))).toBe(
    "No response from the server, so this may not have been done. What you typed is still here. Check, then submit it again.",
  );
});

test("names the digest under which the server logged its failure", () => {
  expect(noResponseMessage(Object.assign(new Error("minified"), { digest: "3712" }))).toContain("under digest 3712");
});

test("rethrows redirects", () => {
  const redirection = (() => {
    try {
      return redirect("/sign-in");
    } catch (error) {
      return error;
    }
  })();
  expect(() => noResponseMessage(redirection)).toThrow(expect.objectContaining({ digest: expect.stringContaining("/sign-in") }));
});
