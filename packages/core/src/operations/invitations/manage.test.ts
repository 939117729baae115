import { DAY } from "@landfall/domain/durations";
import { type Role, ROLES } from "@landfall/schema/scope";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { refusal } from "@landfall/testing/access/refusal";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { updateMemberRole } from "../members/update-and-remove.ts";
import { describeInvitationLink } from "./accept.ts";
import { createInvitation, listInvitations, revokeInvitation } from "./manage.ts";

const organization = "acme";

describe.each(["sqlite", "pglite"] as const)("invitations over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let owner: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization(organization, { teams: ["first", "second"] });
    await bench.given.organization("globex");
    for (const role of ROLES) await bench.given.user(`${role}@acme.test`, { organization, role, name: `The ${role}`, teams: ["first"] });
    owner = await as.person("owner@acme.test");
  });
  afterEach(() => bench.close());

  const invite = (email = "new@acme.test", role: Role = "member", context = owner, team?: string) =>
    createInvitation(context, { organization, email, role, ...(team === undefined ? {} : { team }) });
  const secretOf = ({ url }: { url: string }) => url.split("/").at(-1) ?? "";
  const state = async (made: { url: string }) =>
    (await describeInvitationLink(bench.app.store.read, secretOf(made), bench.clock.now())).state;
  const listed = async () => (await listInvitations(owner, { organization })).items.map(({ email }) => email);
  const audit = async () => {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    return rows.map(({ action, target, details }) => [action, target, details]);
  };

  describe("createInvitation", () => {
    it("returns the link once, which works for seven days, and stores only its hash", async () => {
      const made = await invite("New@Acme.test", "admin", owner, "second");
      expect(made).toEqual({
        id: expect.stringMatching(/^\d+$/),
        email: "new@acme.test",
        role: "admin",
        team: "second",
        invitedBy: { id: expect.any(String), name: "The owner", email: "owner@acme.test" },
        state: "unused",
        dateCreated: "2026-01-02T03:04:05.678Z",
        dateExpires: "2026-01-09T03:04:05.678Z",
        url: expect.stringMatching(/^http:\/\/landfall\.test\/invite\/[0-9a-f]{64}$/),
      });
      const { read } = bench.app.store;
      const stored = JSON.stringify([await read.select().from(read.tables.invitations), await audit()]);
      expect(stored).not.toContain(secretOf(made));
      const details = { id: Number(made.id), role: "admin", team: "second", dateExpires: "2026-01-09T03:04:05.678Z" };
      expect(await audit()).toEqual([["invitation.create", "new@acme.test", details]]);
      bench.clock.advance(7 * DAY - 1);
      expect(await state(made)).toBe("unused");
      bench.clock.advance(1);
      expect(await state(made)).toBe("expired");
    });

    it("replaces an earlier invitation of the same email", async () => {
      const [first, other] = [await invite(), await invite("other@acme.test")];
      const second = await invite("NEW@acme.test", "admin");
      expect([await state(first), await state(other), await state(second)]).toEqual(["used", "unused", "unused"]);
      expect(await listed()).toEqual(["new@acme.test", "other@acme.test"]);
    });

    it.each([
      ["member", "member", false],
      ["admin", "admin", true],
      ["admin", "manager", false],
      ["manager", "manager", true],
      ["manager", "owner", false],
      ["owner", "owner", true],
    ] as [Role, Role, boolean][])("lets a %s invite a %s: %s", async (caller, role, isAllowed) => {
      const call = invite("new@acme.test", role, await as.person(`${caller}@acme.test`));
      if (isAllowed) expect(await call).toMatchObject({ role });
      else await expect(call).rejects.toThrow(refusal("forbidden"));
    });

    it("reports a role above the caller's; allows everything to the system, and nothing to organization tokens", async () => {
      await expect(invite("x@acme.test", "owner", await as.person("admin@acme.test"))).rejects.toThrow(
        "You cannot invite a member as owner",
      );
      expect(await invite("x@acme.test", "owner", { ...owner, actor: SYSTEM_ACTOR })).toMatchObject({ role: "owner", invitedBy: null });
      const token = await as.bearer(await bench.given.orgToken(organization, ["member:invite"]));
      await expect(invite("x@acme.test", "member", token)).rejects.toThrow(refusal("forbidden"));
    });

    it.each([
      [{ email: "member@acme.test", role: "member" }, "email", "member@acme.test is already a member."],
      [{ email: "Member@ACME.test", role: "member" }, "email", "member@acme.test is already a member."],
      [{ email: "x", role: "member" }, "email", "Enter a valid email address."],
      [{ email: "x@y", role: "root" }, "role", '"root" is not a valid choice.'],
      [{ email: "x@y", role: "member", team: "nope" }, "team", 'The organization has no team "nope".'],
      [{ email: "x@y", role: "member", team: "99999999999" }, "team", 'The organization has no team "99999999999".'],
    ])("refuses %j", async (input, path, message) => {
      const call = createInvitation.call(owner, { organization }, () => input);
      await expect(call).rejects.toMatchObject({ code: "invalid", issues: [{ path: [path], message }] });
      expect(await listed()).toEqual([]);
    });

    it("accepts only teams that the caller may add members to, with closed membership", async () => {
      await bench.given.organization("closed", { openMembership: false, teams: ["hers", "far"] });
      await bench.given.user("ada@closed.test", { organization: "closed", role: "admin", teams: ["far"] });
      const ada = await as.person("ada@closed.test");
      const call = (team?: string) =>
        createInvitation(ada, { organization: "closed", email: "x@y", role: "member", ...(team ? { team } : {}) });
      await expect(call("hers")).rejects.toThrow('The organization has no team "hers".');
      await expect(call("nope")).rejects.toThrow('The organization has no team "nope".');
      await expect(call()).rejects.toThrow("Select a team that you are in.");
      expect(await call("far")).toMatchObject({ team: "far" });
    });
  });

  describe("listInvitations and revokeInvitation", () => {
    it("list unused invitations, newest first, in pages", async () => {
      for (const name of ["a", "b", "c"]) await invite(`${name}@acme.test`);
      await createInvitation({ ...owner, actor: SYSTEM_ACTOR }, { organization: "globex", email: "x@y", role: "member" });
      bench.clock.advance(7 * DAY);
      await invite("d@acme.test");
      const first = await listInvitations(owner, { organization, per_page: 2 });
      expect(first.items.map(({ email, state }) => [email, state])).toEqual([
        ["d@acme.test", "unused"],
        ["c@acme.test", "expired"],
      ]);
      expect(JSON.stringify(first)).not.toMatch(/hash|url/i);
      const second = await listInvitations(owner, { organization, per_page: 2, cursor: first.next?.cursor });
      expect(second.items.map(({ email }) => email)).toEqual(["b@acme.test", "a@acme.test"]);
    });

    it("revoke an invitation: its link stops working, and it is not listed", async () => {
      const made = await invite();
      await revokeInvitation(owner, { organization, invitation: made.id });
      expect([await state(made), await listed()]).toEqual(["used", []]);
      expect((await audit()).at(-1)).toEqual(["invitation.revoke", "new@acme.test", { id: Number(made.id), role: "member" }]);
      await expect(revokeInvitation(owner, { organization, invitation: made.id })).rejects.toThrow(refusal("not_found"));
    });

    it("revoke no invitation above the caller's role, of another organization, or with an invalid id", async () => {
      const made = await invite("new@acme.test", "owner");
      const foreign = await createInvitation({ ...owner, actor: SYSTEM_ACTOR }, { organization: "globex", email: "x@y", role: "member" });
      const admin = await as.person("admin@acme.test");
      const call = revokeInvitation(admin, { organization, invitation: made.id });
      await expect(call).rejects.toThrow(refusal("forbidden", /^You cannot revoke an invitation as owner/));
      for (const invitation of [foreign.id, "0", "x"])
        await expect(revokeInvitation(owner, { organization, invitation })).rejects.toThrow(refusal("not_found"));
    });
  });

  it("become invalid when the inviter loses the role that allowed them", async () => {
    const admin = await as.person("admin@acme.test");
    const [low, high, own] = [
      await invite("low@acme.test", "member", admin),
      await invite("high@acme.test", "admin", admin),
      await invite("own@acme.test", "admin"),
    ];
    const { userId } = admin.actor?.kind === "user" ? admin.actor : { userId: 0 };
    await updateMemberRole(owner, { organization, member: String(userId), role: "manager" });
    expect([await state(low), await state(high)]).toEqual(["unused", "unused"]);
    await updateMemberRole(owner, { organization, member: String(userId), role: "member" });
    expect([await state(low), await state(high), await state(own)]).toEqual(["used", "used", "unused"]);
  });

  it("are described to anyone with the link", async () => {
    const made = await invite("new@acme.test", "admin");
    const describeIt = (secret: string) => describeInvitationLink(bench.app.store.read, secret, bench.clock.now());
    expect(await describeIt(secretOf(made))).toEqual({
      state: "unused",
      organization: { slug: "acme", name: "acme" },
      email: "new@acme.test",
      role: "admin",
      dateExpires: "2026-01-09T03:04:05.678Z",
      hasAccount: false,
    });
    for (const secret of ["", "nonsense", "0".repeat(64), "\0"]) expect(await describeIt(secret)).toEqual({ state: "unknown" });
    const { id } = await bench.given.user("bob@globex.test", { organization: "globex" });
    await signIn(bench.app, id);
    expect(await describeIt(secretOf(await invite("bob@globex.test")))).toMatchObject({ state: "unused", hasAccount: true });
  });
});
