import { expect, test } from "vitest";
import { clientName } from "./client-name.ts";

test.each([
  [null, null],
  ["", null],
  ["  ", null],
  ["sentry-cli/3.8.0", "sentry-cli 3.8.0"],
  ["curl/8.5.0 (x86_64)", "curl 8.5.0"],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/140", "a browser"],
  ["landfall", "landfall"],
  ["node/", "node"],
  ["a/b/c", "a b"],
])("%j is %j", (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name);
});
