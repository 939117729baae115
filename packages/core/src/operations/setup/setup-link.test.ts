import { DAY } from "@landfall/domain/durations";
import { instant } from "@landfall/schema/instant";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { linkIdentity } from "../accounts/identities.ts";
import { listMembers } from "../members/list.ts";
import { SYSTEM_ACTOR, userActor } from "../../kernel/actor.ts";
import { getOrganization } from "../organizations/get.ts";
import { listProjects } from "../projects/list.ts";
import { createRelease } from "../releases/create.ts";
import { provision } from "./provision.ts";
import { redeemSetupLink } from "./redeem-setup-link.ts";
import { createSetupLink, describeSetupLink } from "./setup-link.ts";

let bench: TestApp;
let as: Callers;
let context: Context;

/** An organization token. */
let ci: string;

const ada = { email: "Ada@Acme.test", password: "correct horse" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  context = await as.anonymous();
  const { ciToken } = await provision(context, { organization: "acme", projects: ["web"] });
  ci = ciToken ?? "";
});

afterEach(() => bench.close());

const newLink = async () => {
  const { url } = await createSetupLink(context, { organization: "acme" });
  return url.split("/").at(-1) ?? "";
};

const factsOf = (link: string) => describeSetupLink(context.store.read, link, context.now());

const users = async () => {
  const rows = await bench.app.store.read.select().from(bench.app.store.read.tables.users);
  return rows.map(({ email }) => email);
};

/** Creates an owner of the organization globex without a password. */
const owner = async (email: string) => {
  await provision(context, { organization: "globex", projects: [], email });
  return email;
};

const credentials = async () => {
  const { read } = bench.app.store;
  const { users: people, members, tokens, sessions } = read.tables;
  return [
    await read.select().from(people),
    await read.select().from(members),
    await read.select().from(tokens),
    await read.select().from(sessions),
  ];
};

describe("a setup link", () => {
  it("has the URL of the setup page, and only its hash is stored", async () => {
    const { url } = await createSetupLink(context, { organization: "acme" });
    expect(url).toMatch(/^http:\/\/landfall\.test\/setup\/[0-9a-f]{64}$/);
    const { read } = bench.app.store;
    const rows = JSON.stringify([await read.select().from(read.tables.setupLinks), await read.select().from(read.tables.auditLog)]);
    expect(rows).not.toContain(url.split("/").at(-1));
  });

  it("creates an owner, and an organization token that can only report releases and expires after 90 days", async () => {
    const { user, token } = await redeemSetupLink(context, { ...ada, link: await newLink(), name: "Ada" });
    expect(user).toMatchObject({ name: "Ada", email: "ada@acme.test", hasPasswordAuth: true, emails: [{ email: "ada@acme.test" }] });
    const caller = await as.bearer(token);
    expect(caller.actor).toMatchObject({ kind: "organization", scopes: new Set(["org:ci"]) });
    expect(await createRelease(caller, { organization: "acme", version: "1.0", projects: ["web"] })).toMatchObject({ created: true });
    bench.clock.advance(90 * DAY);
    await expect(as.bearer(token)).rejects.toThrow("Token expired");
    const { items } = await listMembers({ ...context, actor: userActor(Number(user.id)) }, { organization: "acme" });
    expect(items).toContainEqual(expect.objectContaining({ email: "ada@acme.test", role: "owner", teams: ["acme"] }));
  });

  it("works once", async () => {
    const link = await newLink();
    await redeemSetupLink(context, { ...ada, link });
    await expect(redeemSetupLink(context, { ...ada, email: "eve@acme.test", link })).rejects.toThrow(
      /^This setup link was already used, or replaced by a newer one\./,
    );
    expect(await users()).toEqual(["ada@acme.test"]);
  });

  it("works for 7 days", async () => {
    const { url, dateExpires } = await createSetupLink(context, { organization: "acme" });
    const link = url.split("/").at(-1) ?? "";
    bench.clock.advance(7 * DAY - 1);
    expect(await factsOf(link)).toMatchObject({ state: "unused", dateExpires });
    bench.clock.advance(1);
    expect(dateExpires).toBe(instant(bench.clock.now()));
    expect(await factsOf(link)).toMatchObject({ state: "expired", mayName: false });
    await expect(redeemSetupLink(context, { ...ada, link })).rejects.toThrow("This setup link has expired: it worked for 7 days.");
    expect(await users()).toEqual([]);
    expect(await redeemSetupLink(context, { ...ada, link: await newLink() })).toMatchObject({ user: { email: "ada@acme.test" } });
  });

  it("works once, even for concurrent attempts", async () => {
    const link = await newLink();
    const attempts = Array.from({ length: 4 }, (_, index) => redeemSetupLink(context, { ...ada, email: `u${index}@acme.test`, link }));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => refusal("conflict")),
    );
    expect(await users()).toHaveLength(1);
  });

  it("stops working when a newer one is created", async () => {
    const [old, link] = [await newLink(), await newLink()];
    await expect(redeemSetupLink(context, { ...ada, link: old })).rejects.toThrow(refusal("conflict"));
    expect(await redeemSetupLink(context, { ...ada, link })).toMatchObject({ user: { email: "ada@acme.test" } });
  });

  it("is refused if unknown, and requires an organization", async () => {
    for (const link of ["nonsense", "0".repeat(64)])
      await expect(redeemSetupLink(context, { ...ada, link })).rejects.toThrow("This setup link is unknown.");
    await expect(createSetupLink(context, { organization: "nope" })).rejects.toThrow(refusal("not_found"));
  });

  it.each([
    [{ email: "x" }, "email"],
    [{ password: "short" }, "password"],
    [{ email: "" }, "email"],
  ])("stays usable after the invalid input %j", async (input, path) => {
    const link = await newLink();
    await expect(redeemSetupLink(context, { ...ada, link, ...input })).rejects.toThrow(
      expect.objectContaining({ code: "invalid", issues: [expect.objectContaining({ path: [path] })] }),
    );
    expect(await redeemSetupLink(context, { ...ada, link })).toMatchObject({ user: { email: "ada@acme.test" } });
  });

  it.each<[string, () => Promise<string>]>([
    ["with a password", async () => (await redeemSetupLink(context, { ...ada, link: await newLink() })).user.email],
    ["without a password, who owns another organization", () => owner("ben@globex.test")],
    ["without a password, in no organization", async () => (await bench.given.user("loner@acme.test")).email],
    [
      "that has only an identity at a provider",
      async () => {
        const { id, email } = await bench.given.user("olga@acme.test");
        await linkIdentity(context, { userId: id, provider: "oidc", subject: "s-1", email: null });
        return email;
      },
    ],
  ])("changes no account %s, and stays usable", async (_, makeAccount) => {
    const email = await makeAccount();
    const before = await credentials();
    const link = await newLink();
    for (const written of [email, email.toUpperCase()]) {
      await expect(redeemSetupLink(context, { email: written, password: "other password", link })).rejects.toThrow(
        expect.objectContaining({ issues: [expect.objectContaining({ path: ["email"] })] }),
      );
    }
    expect(await credentials()).toEqual(before);
    expect(await redeemSetupLink(context, { ...ada, email: "bob@acme.test", link })).toMatchObject({ user: { email: "bob@acme.test" } });
  });

  it("gives access to no other organization", async () => {
    await owner("ben@globex.test");
    const { token } = await redeemSetupLink(context, { ...ada, link: await newLink() });
    await expect(getOrganization(await as.bearer(token), { organization: "globex" })).rejects.toThrow(refusal("not_found"));
  });

  it("creates an account whose email is not verified", async () => {
    const { user } = await redeemSetupLink(context, { ...ada, link: await newLink() });
    expect(user.emails).toMatchObject([{ email: "ada@acme.test", is_verified: false }]);
  });
});

describe("naming the organization with a setup link", () => {
  const names = { organizationName: "Acme & Co.", organizationSlug: "acme-co", projectSlug: "shop" };

  it("sets the names of the organization and its first project", async () => {
    const link = await newLink();
    expect(await factsOf(link)).toEqual({
      state: "unused",
      organization: { slug: "acme", name: "acme" },
      project: "web",
      mayName: true,
      dateExpires: instant(new Date(bench.clock.now().getTime() + 7 * DAY)),
    });
    const { token } = await redeemSetupLink(context, { ...ada, link, ...names });
    const payload: unknown = JSON.parse(Buffer.from(token.split("_")[1] ?? "", "base64").toString());
    expect(payload).toMatchObject({ org: "acme-co" });
    const caller = await as.bearer(token);
    expect(await getOrganization(caller, { organization: "acme-co" })).toMatchObject({ name: "Acme & Co.", access: ["org:ci"] });
    const { items } = await listProjects({ ...context, actor: SYSTEM_ACTOR }, { organization: "acme-co" });
    expect(items.map(({ slug, name }) => [slug, name])).toEqual([["shop", "shop"]]);
    expect(await factsOf(link)).toMatchObject({ state: "used", mayName: false });
  });

  it("revokes tokens that contain the old slug, only if the slug changes", async () => {
    await redeemSetupLink(context, { ...ada, link: await newLink(), organizationName: "Acme & Co." });
    await expect(as.bearer(ci)).resolves.toBeDefined();
    await redeemSetupLink(context, { ...ada, email: "eve@acme.test", link: await newLink(), ...names });
    await expect(as.bearer(ci)).rejects.toEqual(refusal("unauthenticated"));
  });

  it("refuses a slug that is taken, and creates no user", async () => {
    await bench.given.organization("other");
    const link = await newLink();
    await expect(redeemSetupLink(context, { ...ada, link, organizationSlug: "other" })).rejects.toMatchObject({
      issues: [{ path: ["organizationSlug"], message: "This slug is already in use." }],
    });
    expect(await users()).toEqual([]);
    expect(await factsOf(link)).toMatchObject({ state: "unused" });
  });

  it("is refused after releases were reported, unless the names do not change", async () => {
    await createRelease(await as.bearer(ci), { organization: "acme", version: "1.0", projects: ["web"] });
    const link = await newLink();
    expect(await factsOf(link)).toMatchObject({ mayName: false });
    await expect(redeemSetupLink(context, { ...ada, link, ...names })).rejects.toMatchObject({ issues: [{ path: ["organizationSlug"] }] });
    await redeemSetupLink(context, { ...ada, link, organizationName: "acme", organizationSlug: "acme", projectSlug: "web" });
  });

  it("describes nothing for an unknown link", async () => {
    expect(await factsOf("nonsense")).toEqual({
      state: "unknown",
      organization: null,
      project: null,
      mayName: false,
      dateExpires: null,
    });
  });
});
