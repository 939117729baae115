import { type Role, type Scope, SCOPES } from "@landfall/schema/scope";
import type { Wire } from "./open-wire.ts";

/** The setup of a scenario, if it differs from the default. */
export type ScenarioOptions = {
  /** Whether members may access the projects of every team; false by default. */
  readonly openMembership?: boolean;
  /** Projects and the team that owns each, in the order of their creation. */
  readonly projects?: Readonly<Record<string, string>>;
};

/** The callers. `member` is only in team t, `other` in team u, `both` in both, `teamless` in none. */
export type CallerName = keyof typeof PEOPLE | keyof typeof TOKENS | "anonymous";

type Person = { readonly role: Role | null; readonly teams?: readonly string[]; readonly scopes?: readonly Scope[] };

const MEMBER: readonly Scope[] = ["org:read", "project:read", "project:releases"];

const PEOPLE = {
  member: { role: "member", teams: ["t"] },
  other: { role: "member", teams: ["u"] },
  both: { role: "member", teams: ["t", "u"] },
  teamless: { role: "member" },
  manager: { role: "manager", scopes: SCOPES },
  stranger: { role: null, scopes: SCOPES },
  reader: { role: "member", teams: ["t"], scopes: ["project:read"] },
  releaser: { role: "member", teams: ["t"], scopes: ["project:releases"] },
  admin: { role: "admin", teams: ["t"], scopes: ["project:admin"] },
  outOfScope: { role: "member", teams: ["t"], scopes: ["org:read"] },
} as const satisfies Record<string, Person>;

const TOKENS = {
  ci: { scopes: ["org:ci"], foreign: false },
  emptyToken: { scopes: [], foreign: false },
  foreignCi: { scopes: ["org:ci"], foreign: true },
  readKey: { scopes: ["project:read"], foreign: false },
  writeKey: { scopes: ["project:write"], foreign: false },
  foreignKey: { scopes: ["project:write"], foreign: true },
} as const satisfies Record<string, { scopes: readonly Scope[]; foreign: boolean }>;

/** The organization of one scenario in a shared database, with its projects and people. */
export interface ScenarioContext {
  readonly wire: Wire;
  readonly store: Wire["app"]["store"];
  readonly organization: { readonly id: number; readonly slug: string };
  /** The id of a project by its slug. */
  projectId(slug: string): number;
  /** The token of a caller, who is created on first use; null for a caller without a token. */
  token(who: CallerName): Promise<string | null>;
  /** The email of a person, who is created on first use. */
  email(who: keyof typeof PEOPLE): Promise<string>;
}

/** Projects foo and bar of team t, baz of team u. */
const USUAL = { foo: "t", bar: "t", baz: "u" };

const count = new WeakMap<Wire, number>();

/** Creates the organization of one scenario, with teams t and u and closed membership, unless the options differ. */
export async function openScenario(
  wire: Wire,
  { openMembership = false, projects = USUAL }: ScenarioOptions = {},
): Promise<ScenarioContext> {
  const number = (count.get(wire) ?? 0) + 1;
  count.set(wire, number);
  const slug = `org-${number}`;
  const organization = await wire.given.organization(slug, { openMembership, teams: ["t", "u"], projects });

  const emails = new Map<string, Promise<string>>();
  const tokens = new Map<string, Promise<string>>();
  const email: ScenarioContext["email"] = (who) => once(emails, who, () => makePerson(wire, slug, who));
  const makeToken = async (who: Exclude<CallerName, "anonymous">) => {
    if (isPerson(who)) return wire.given.userToken(await email(who), scopesOf(who));
    const { scopes, foreign } = TOKENS[who];
    if (!foreign) return wire.given.orgToken(slug, scopes);
    return wire.given.orgToken((await wire.given.organization(`${slug}-${who.toLowerCase()}`)).slug, scopes);
  };
  return {
    wire,
    store: wire.app.store,
    organization,
    projectId(name) {
      const id = organization.projectIds.get(name);
      if (id === undefined) throw new Error(`the scenario has no project ${name}`);
      return id;
    },
    token: async (who) => (who === "anonymous" ? null : once(tokens, who, () => makeToken(who))),
    email,
  };
}

async function makePerson(wire: Wire, slug: string, who: keyof typeof PEOPLE): Promise<string> {
  const { role, teams = [] }: Person = PEOPLE[who];
  const email = `${who.toLowerCase()}@${slug}.example`;
  await wire.given.user(email, { name: who, teams, ...(role === null ? {} : { organization: slug, role }) });
  return email;
}

const isPerson = (who: Exclude<CallerName, "anonymous">): who is keyof typeof PEOPLE => who in PEOPLE;

const scopesOf = (who: keyof typeof PEOPLE): readonly Scope[] => {
  const { scopes = MEMBER }: Person = PEOPLE[who];
  return scopes;
};

function once<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const existing = made.get(name) ?? make();
  made.set(name, existing);
  return existing;
}
