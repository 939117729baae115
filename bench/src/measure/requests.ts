import type { RequestPlan } from "../load/request-plan.ts";
import { SMALL } from "../seed/small-history.ts";
import type { DataDirectory } from "../servers/data-directory.ts";

/** A kind of request that is measured on all servers. */
export type MeasuredRequest = {
  readonly name: string;
  /** Whether it writes. If so, the baseline with group commit is measured too. */
  readonly writes: boolean;
  /** Whether the budget of half the baseline's throughput applies. */
  readonly isBudgeted: boolean;
  readonly plan: RequestPlan;
};

/** Above the numbers of the history; each new release gets a separate number. */
const NEW = 1_000_000;

/** The measured requests, on the small history. Reads are first, because new releases change the first pages of lists. */
export function measuredRequests({ organization, token, projects }: DataDirectory): MeasuredRequest[] {
  const slug = projects[0]?.slug ?? "";
  const releases = `/api/0/organizations/${organization}/releases/`;
  const all = { token, first: 0, status: 200 } as const;
  const get = (path: string, count?: number): RequestPlan => ({ ...all, method: "GET", path, count });
  const input = encodeURIComponent(JSON.stringify({ organization, per_page: 100 }));
  const created = (version: string) => JSON.stringify({ version, projects: [slug] });
  return [
    { name: "REST retrieve", writes: false, isBudgeted: true, plan: get(`${releases}web@1.3.{n}/`, 100) },
    { name: "REST retrieve, no commits", writes: false, isBudgeted: true, plan: get(`${releases}web@1.${SMALL.releases / 100}.{n}/`, 100) },
    { name: "REST list, 100 rows", writes: false, isBudgeted: true, plan: get(`${releases}?per_page=100`) },
    { name: "REST list, no commits", writes: false, isBudgeted: true, plan: get(`${releases}?per_page=100&status=archived`) },
    { name: "tRPC list, 100 rows", writes: false, isBudgeted: false, plan: get(`/api/trpc/releases.list?input=${input}`) },
    {
      name: "REST report again (208)",
      writes: true,
      isBudgeted: false,
      plan: { ...all, method: "POST", path: releases, body: created("web@1.5.{n}"), count: 100, status: 208 },
    },
    {
      name: "REST create (201)",
      writes: true,
      isBudgeted: true,
      plan: { ...all, method: "POST", path: releases, body: created("web@2.0.{n}"), first: NEW, status: 201 },
    },
    {
      name: "tRPC create",
      writes: true,
      isBudgeted: false,
      plan: {
        ...all,
        method: "POST",
        path: "/api/trpc/releases.create",
        body: JSON.stringify({ organization, version: "web@3.0.{n}", projects: [slug] }),
        first: NEW,
      },
    },
  ];
}
