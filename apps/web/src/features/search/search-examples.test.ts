import { expect, test } from "vitest";
import { exampleQueries } from "./search-examples.tsx";

const texts = (...input: Parameters<typeof exampleQueries>) => exampleQueries(...input).map(({ text }) => text);

test("has made-up examples without data", () => {
  expect(texts(null, [])).toEqual(["#4812", "4f2a91c0", "fix login", "ada@example.com", "src/login", "4.3.1"]);
});

test("takes examples from the data", () => {
  const commits: Parameters<typeof exampleQueries>[1] = [
    { id: "ab".repeat(20), message: "wip", author: {} },
    {
      id: "cd".repeat(20),
      message: "fix(cart): let people empty it (#12)\n\nTouches src/cart/total.ts.",
      author: { name: "Ada", email: "ada@acme.test" },
    },
  ];
  expect(texts("web@4.3.1", commits)).toEqual(["#12", "abababab", "wip", "ada@acme.test", "src/cart/total.ts", "4.3.1"]);
});

test("ignores references to other repositories, which are not searched as references", () => {
  expect(texts(null, [{ id: "a".repeat(40), message: "see acme/web#7", author: {} }])[0]).toBe("#4812");
});
