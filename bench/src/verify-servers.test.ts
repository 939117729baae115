import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestPlan } from "./load/request-plan.ts";
import { measuredRequests } from "./requests.ts";
import { loadSmallHistory } from "./seed/small-history.ts";
import { type DataDirectory, provisionDirectory } from "./servers/data-directory.ts";
import { verifyServers } from "./verify-servers.ts";

let data: DataDirectory;
beforeAll(async () => {
  data = await provisionDirectory();
  loadSmallHistory(data);
}, 60_000);
afterAll(() => data.remove());

/** Starts the real server and the baseline: a test of both. */
describe("verifyServers", () => {
  it("finds that both answer every measured request alike", { timeout: 60_000 }, async () => {
    await expect(verifyServers(data, measuredRequests(data))).resolves.toBeInstanceOf(Array);
  });

  it("finds a request that the baseline does not know", { timeout: 60_000 }, async () => {
    const plan: RequestPlan = {
      method: "GET",
      path: `/api/0/organizations/${data.organization}/`,
      token: data.token,
      first: 0,
      status: 404,
    };
    const request = { name: "something else", writes: false, isBudgeted: false, plan: { ...plan, path: "/api/0/nothing/" } };
    await expect(verifyServers(data, [request])).rejects.toThrow("something else: the baseline does not answer as the application does");
  });
});
