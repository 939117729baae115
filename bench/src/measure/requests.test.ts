import { describe, expect, it } from "vitest";
import { numbered } from "../load/request-plan.ts";
import { SMALL, smallVersion } from "../seed/small-history.ts";
import { measuredRequests } from "./requests.ts";

const requests = measuredRequests({
  path: "",
  file: "",
  organization: "acme",
  projects: [{ slug: "web", id: 1 }],
  token: "t",
  ownerToken: "t",
  copy: () => {
    throw new Error("not needed");
  },
  remove: () => {},
});

const stored = new Set(Array.from({ length: SMALL.releases + SMALL.archived }, (_, index) => smallVersion(index)));

describe("measuredRequests", () => {
  it("reads before it writes, because new releases change the lists", () => {
    expect(requests.map(({ writes }) => writes)).toEqual([false, false, false, false, false, true, true, true]);
  });

  it("marks the requests that have budgets", () => {
    expect(requests.flatMap(({ name, isBudgeted }) => (isBudgeted ? [name] : []))).toEqual([
      "REST retrieve",
      "REST retrieve, no commits",
      "REST list, 100 rows",
      "REST list, no commits",
      "REST create (201)",
    ]);
  });

  it.each(requests.filter(({ plan }) => plan.count !== undefined))("$name names only releases that are stored", ({ plan }) => {
    for (let n = plan.first; n < plan.first + (plan.count ?? 0); n += 1) {
      const { path, body } = numbered(plan, n);
      const [version = ""] = /web@[\d.]+/.exec(`${path} ${body}`) ?? [];
      expect(stored.has(version), version).toBe(true);
    }
  });

  it.each(requests.filter(({ plan }) => plan.method === "POST" && plan.count === undefined))("$name names only new ones", ({ plan }) => {
    const [version = ""] = /web@[\d.]+/.exec(numbered(plan, plan.first).body ?? "") ?? [];
    expect(version).toMatch(/^web@/);
    expect(stored.has(version)).toBe(false);
  });
});
