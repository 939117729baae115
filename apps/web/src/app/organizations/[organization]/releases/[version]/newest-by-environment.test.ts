import { expect, test } from "vitest";
import { newestByEnvironment } from "./newest-by-environment.ts";

const deploy = (id: string, environment: string, date: number) => ({
  id,
  environment,
  dateStarted: null,
  dateFinished: new Date(Date.UTC(2026, 0, date)).toISOString(),
  name: null,
  url: null,
});

test("each environment stands once, with its last deploy, the last of all first", () => {
  const deploys = [deploy("1", "staging", 1), deploy("2", "production", 2), deploy("3", "staging", 5), deploy("4", "staging", 4)];
  expect(newestByEnvironment(deploys).map(({ id }) => id)).toEqual(["3", "2"]);
  expect(newestByEnvironment([])).toEqual([]);
});
