import { expect, test } from "vitest";
import { clientBinary } from "./client-binary.ts";
import { outwardTrap } from "./outward-trap.ts";
import { projectNode } from "./project-node.ts";
import { runProgram } from "./run-program.ts";

const fetching = (address: string) => ["-e", `fetch(${JSON.stringify(address)}).then(() => {}, () => {})`] as const;

test("a program of Node's that fetches something from elsewhere is caught", async () => {
  await using trap = await outwardTrap();
  await runProgram("fetching", [projectNode(), ...fetching("https://elsewhere.example.test/x")], { env: trap.env });
  await runProgram("fetching", [projectNode(), ...fetching("http://elsewhere.example.test/y")], { env: trap.env });
  expect(trap.wanted).toEqual(["elsewhere.example.test:443", "elsewhere.example.test:80"]);
});

test("a client that is told to go elsewhere is caught", async () => {
  await using trap = await outwardTrap();
  const { file } = clientBinary("2.58", projectNode());
  const env = { ...trap.env, SENTRY_URL: "https://elsewhere.example.test", SENTRY_AUTH_TOKEN: "x", SENTRY_ORG: "acme" };
  expect(await runProgram("listing", [file, "releases", "list"], { env })).toMatchObject({ code: 1 });
  expect(trap.wanted).toContain("elsewhere.example.test:443");
});

test("what goes to the loopback interface passes by", async () => {
  await using trap = await outwardTrap();
  await using near = await outwardTrap();
  await runProgram("fetching", [projectNode(), ...fetching(`${near.env["HTTP_PROXY"]}/z`)], { env: trap.env });
  expect({ near: near.wanted, trap: trap.wanted }).toEqual({ near: ["/z"], trap: [] });
});
