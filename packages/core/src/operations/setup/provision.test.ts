import { SCOPES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyPassword } from "../../access/password-hash.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { listMembers } from "../members/list.ts";
import { updateMemberRole } from "../members/update-and-remove.ts";
import { listProjects } from "../projects/list.ts";
import { createRelease } from "../releases/create.ts";
import { provision } from "./provision.ts";

let bench: TestApp;
let as: Callers;
let context: Context;

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  context = await as.anonymous();
});

afterEach(() => bench.close());

const system = () => ({ ...context, actor: SYSTEM_ACTOR });

const table = async (name: "users" | "tokens" | "auditLog" | "organizations" | "teams") => {
  const { read } = bench.app.store;
  return read.select().from(read.tables[name]);
};

const everything = async () =>
  JSON.stringify(await Promise.all((["users", "tokens", "auditLog", "organizations", "teams"] as const).map(table)));

const first = { organization: "acme", projects: ["web", "api"] };
const olga = { ...first, email: "olga@acme.test" };

describe("provision", () => {
  it("creates everything that the first release needs on an empty server", async () => {
    const made = await provision(context, olga);
    expect(made).toEqual({
      organization: { id: expect.stringMatching(/^\d+$/), slug: "acme", name: "acme" },
      projects: [
        { id: expect.stringMatching(/^\d+$/), slug: "web" },
        { id: expect.stringMatching(/^\d+$/), slug: "api" },
      ],
      token: expect.stringMatching(/^sntryu_[0-9a-f]{64}$/),
      ciToken: expect.stringMatching(/^sntrys_/),
      created: [
        "organization acme",
        "team acme",
        "user olga@acme.test",
        "owner olga@acme.test",
        "project web",
        "project api",
        "owner token",
        "CI token",
      ],
      unchanged: false,
    });
    for (const token of [made.token ?? "", made.ciToken ?? ""]) {
      const caller = await as.bearer(token);
      expect(await createRelease(caller, { organization: "acme", version: token.slice(0, 6), projects: ["web", "api"] })).toMatchObject({
        created: true,
      });
    }
  });

  it("gives the owner a token with every scope, and CI one with org:ci", async () => {
    const { token, ciToken } = await provision(context, olga);
    expect((await as.bearer(token ?? "")).actor).toMatchObject({ kind: "user", scopes: new Set(SCOPES) });
    expect((await as.bearer(ciToken ?? "")).actor).toMatchObject({ kind: "organization", scopes: new Set(["org:ci"]) });
    const payload: unknown = JSON.parse(Buffer.from(ciToken?.split("_")[1] ?? "", "base64").toString());
    expect(payload).toMatchObject({ org: "acme", url: "http://landfall.test" });
  });

  it("creates no user without an owner: CI gets a token, people use a setup link", async () => {
    const made = await provision(context, first);
    expect(made).toMatchObject({
      token: null,
      ciToken: expect.stringMatching(/^sntrys_/),
      created: ["organization acme", "team acme", "project web", "project api", "CI token"],
    });
    expect(await table("users")).toEqual([]);
    await provision(context, { organization: "beta", projects: [] });
    expect(await table("users")).toEqual([]);
  });

  it("changes nothing when it is repeated, and reports that", async () => {
    const { organization, projects } = await provision(context, first);
    const before = await everything();
    expect(await provision(context, first)).toEqual({ organization, projects, token: null, ciToken: null, created: [], unchanged: true });
    expect(await everything()).toBe(before);
  });

  it("adds only the new project", async () => {
    await provision(context, first);
    const again = await provision(context, { ...first, projects: ["web", "docs", "docs"] });
    expect(again).toMatchObject({
      projects: [{ slug: "web" }, { slug: "docs" }],
      created: ["project docs"],
      token: null,
      ciToken: null,
      unchanged: false,
    });
    const { items } = await listProjects(system(), { organization: "acme" });
    expect(items.map(({ slug, teams }) => [slug, teams[0]?.slug])).toEqual([
      ["api", "acme"],
      ["docs", "acme"],
      ["web", "acme"],
    ]);
  });

  it("creates everything once if two run at once", async () => {
    const outcomes = await Promise.all([provision(context, olga), provision(context, olga)]);
    expect(outcomes.filter(({ token }) => token !== null)).toHaveLength(1);
    expect(outcomes.filter(({ unchanged }) => unchanged)).toHaveLength(1);
    expect(await table("tokens")).toHaveLength(2);
  });

  it("creates the given owner, with a password they can sign in with", async () => {
    const made = await provision(context, { ...first, name: "Acme Inc.", email: "Ada@Acme.test", password: " correct horse " });
    expect(made).toMatchObject({
      organization: { name: "Acme Inc." },
      created: expect.arrayContaining(["user ada@acme.test", "owner ada@acme.test"]),
    });
    const [user, ...others] = await table("users");
    expect(others).toEqual([]);
    expect(user).toMatchObject({ email: "ada@acme.test", username: "ada@acme.test" });
    const hash = user && "passwordHash" in user ? (user.passwordHash ?? "") : "";
    expect(await verifyPassword(" correct horse ", hash)).toBe(true);
    expect(await verifyPassword("correct horse", hash)).toBe(false);
    expect(await everything()).not.toContain("correct horse");
  });

  it("adds another owner later, and gives them no token", async () => {
    await provision(context, olga);
    const later = await provision(context, { ...first, email: "bob@acme.test", password: "long enough" });
    expect(later).toMatchObject({ created: ["user bob@acme.test", "owner bob@acme.test"], token: null });
    const { items } = await listMembers(system(), { organization: "acme" });
    expect(items.map(({ email, role, teams }) => [email, role, teams])).toEqual([
      ["bob@acme.test", "owner", ["acme"]],
      ["olga@acme.test", "owner", ["acme"]],
    ]);
  });

  it("makes the given user an owner again, to recover a lost ownership", async () => {
    await provision(context, { ...first, email: "ada@acme.test" });
    await provision(context, { ...first, email: "bob@acme.test" });
    const { items } = await listMembers(system(), { organization: "acme" });
    await updateMemberRole(system(), { organization: "acme", member: items[0]?.id ?? "", role: "member" });
    expect(await provision(context, { ...first, email: "ada@acme.test" })).toMatchObject({ created: ["owner ada@acme.test"] });
  });

  it("sets a password where there is none, and never changes one", async () => {
    await provision(context, { ...first, email: "ada@acme.test" });
    expect(await provision(context, { ...first, email: "ada@acme.test", password: "the first one" })).toMatchObject({
      created: ["password of ada@acme.test"],
    });
    const before = await everything();
    expect(await provision(context, { ...first, email: "ada@acme.test", password: "the second one" })).toMatchObject({ unchanged: true });
    expect(await everything()).toBe(before);
  });

  it("creates a second organization with its own tokens for the same owner", async () => {
    await provision(context, olga);
    const other = await provision(context, { organization: "beta", projects: [], email: olga.email });
    expect(other).toMatchObject({
      projects: [],
      created: ["organization beta", "team beta", "owner olga@acme.test", "owner token", "CI token"],
    });
    expect(await table("users")).toHaveLength(1);
  });

  it.each([
    [{ projects: [] }, "organization", "This field is required."],
    [{ ...first, organization: "Acme Inc" }, "organization", expect.any(String)],
    [{ organization: "acme" }, "projects", "This field is required."],
    [{ ...first, projects: ["web", "No Slug"] }, "projects", expect.any(String)],
    [{ ...first, email: "nobody" }, "email", "Enter a valid email address."],
    [{ ...first, email: "ada@acme.test", password: "password123" }, "password", expect.stringContaining("most common")],
    [{ ...first, password: "correct horse" }, "email", "Enter the email address of the owner that the password is for."],
    [{ ...first, password: "123456789" }, "password", "Ensure this field has at least 10 characters."],
    [{ ...first, password: "x".repeat(129) }, "password", "Ensure this field has no more than 128 characters."],
  ])("refuses %j and creates nothing", async (input, path, message) => {
    const untyped: Parameters<typeof provision>[1] = Object.assign(
      { organization: "", projects: [] },
      { organization: undefined, projects: undefined },
      input,
    );
    await expect(provision(context, untyped)).rejects.toThrow(
      expect.objectContaining({ code: "invalid", issues: [expect.objectContaining({ path: expect.arrayContaining([path]), message })] }),
    );
    expect(await table("organizations")).toEqual([]);
  });

  it("records everything created, with the system as actor", async () => {
    await provision(context, olga);
    const rows = await table("auditLog");
    expect(rows.map((row) => ("actor" in row ? `${row.actor} ${row.action} ${row.target}` : ""))).toEqual([
      "system organization.create acme",
      "system team.create acme",
      "system user.create olga@acme.test",
      "system member.update olga@acme.test",
      "system project.create web",
      "system project.create api",
      "system token.create First token",
      "system token.create CI",
    ]);
  });
});
