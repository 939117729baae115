import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/sign-in";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { deleteOrganization } from "../organizations/delete-organization.ts";
import { listOrganizations } from "../organizations/list-organizations.ts";
import { listMembers } from "../people/list-members.ts";
import { listReleases } from "../releases/list-releases.ts";
import { createSample } from "./create-sample.ts";

let bench: TestApp;
let ada: Context;
let userId: number;
beforeEach(async () => {
  bench = await createTestApp();
  await bench.given.organization("acme");
  ({ id: userId } = await bench.given.user("ada@acme.test", { organization: "acme" }));
  ada = await (await signIn(bench.app, userId)).context();
});
afterEach(() => bench.close());

test("somebody's sample is theirs to look round in and to delete", async () => {
  expect(await createSample(ada, { userId })).toMatchObject({ organization: { slug: "sample" }, projects: ["web", "api", "mobile"] });
  expect((await listOrganizations(ada, {})).items.map(({ slug }) => slug)).toEqual(["acme", "sample"]);
  expect((await listReleases(ada, { organization: "sample", status: "", per_page: 100 })).items).toHaveLength(60);
  const { items } = await listMembers(ada, { organization: "sample" });
  expect(items).toHaveLength(13);
  expect(items.find(({ email }) => email === "ada@acme.test")).toMatchObject({ role: "owner", teams: ["apps", "platform"] });
  await deleteOrganization(ada, { organization: "sample" });
  expect(await createSample(ada, { userId })).toMatchObject({ counts: { releases: 60 } });
});

test("there is one at a time", async () => {
  await createSample(ada, { userId });
  const { id } = await bench.given.user("bob@acme.test", { organization: "acme" });
  const bob = await (await signIn(bench.app, id)).context();
  await expect(createSample(bob, { userId: id })).rejects.toMatchObject({ code: "conflict" });
  await expect(listReleases(bob, { organization: "sample" })).rejects.toMatchObject({ code: "not_found" });
});
