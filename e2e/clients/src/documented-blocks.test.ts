import { expect, test } from "vitest";
import { blocksOf, commandsOf, nameOf, withoutVariables } from "./documented-blocks.ts";

const MARKDOWN = `# Title

\`\`\`sh
# First
PORT=1 landfall serve --port 1 \\
  --data-dir x   # a comment
a && b
\`\`\`

- item

  \`\`\`yaml
  a: 1
  \`\`\`
`;

test("finds the blocks of a language, also in a list, with their lines", () => {
  expect(blocksOf("a.md", MARKDOWN, ["sh"])).toMatchObject([{ file: "a.md", line: 3 }]);
  expect(blocksOf("a.md", MARKDOWN, ["yaml"])).toEqual([{ file: "a.md", line: 12, text: "  a: 1\n" }]);
});

test("splits a block into commands without comments, and names it by the first", () => {
  const [block] = blocksOf("a.md", MARKDOWN, ["sh"]);
  if (!block) throw new Error("no block was found");
  expect(commandsOf(block.text)).toEqual([["PORT=1", "landfall", "serve", "--port", "1", "--data-dir", "x"], ["a"], ["b"]]);
  expect(nameOf(block)).toBe("a.md: PORT=1 landfall serve --port 1 --data-dir x");
});

test("removes the variables before a command", () => {
  expect(["PORT=1 S3_KEY=a npm start", "npm run x A=1", "PORT=1"].map((command) => withoutVariables(command.split(" ")))).toEqual([
    ["npm", "start"],
    ["npm", "run", "x", "A=1"],
    [],
  ]);
});
