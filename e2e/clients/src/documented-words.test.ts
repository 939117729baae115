import { expect, test } from "vitest";
import { problemsIn } from "./documented-words.ts";

test.each([
  ["cp deploy/systemd/landfall.service /etc/systemd/system/", []],
  ["cp deploy/systemd/landfal.service /etc", ["deploy/systemd/landfal.service does not exist"]],
  ["npm run --silent admin -- quota --org acme", []],
  ["npm run amdin -- quota", ["package.json has no script amdin"]],
  ["npx landfall ship web@1.4.0 -p app -e production", []],
  ["landfall ship --envronment production", ["landfall ship --envronment production: unknown option --envronment"]],
  ["node /opt/bin/landfall.mjs admin quotas --org acme", [expect.stringContaining("unknown command quotas"), expect.any(String)]],
  ["echo 'open", [expect.stringContaining("unexpected EOF")]],
])("finds the problems of %s", async (text, problems) => {
  expect(await problemsIn(text)).toEqual(problems);
});
