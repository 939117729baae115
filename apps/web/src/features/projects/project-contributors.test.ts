import type { PersonBriefView } from "@landfall/schema/brief";
import { expect, test } from "vitest";
import { contributorsOf } from "./project-contributors.tsx";

const person = (email: string, isBot = false): PersonBriefView => ({ name: null, email, userId: null, isBot });

test("lists each contributor once, those in most releases first, bots last", () => {
  const [ada, bob, bot] = [person("ada@acme.test"), person("bob@acme.test"), person("bot@acme.test", true)];
  const lines = [{ people: [bot, ada] }, { people: [bob, bot] }, { people: [bob] }, { people: [] }];
  expect(contributorsOf(lines)).toEqual([
    { person: bob, releases: 2 },
    { person: ada, releases: 1 },
    { person: bot, releases: 2 },
  ]);
  expect(contributorsOf([])).toEqual([]);
});
