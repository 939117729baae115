import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import type { ActorView } from "@landfall/schema/views/audit";
import { and, eq, sql } from "drizzle-orm";

const LABEL_PATTERN = /^(user|token|hook):(\d{1,15})$/;

type NamedActor = { readonly id: number; readonly name: string; readonly email?: string };

/**
 * Who the labels of the audit log stand for, by label. Who is gone, or not of this organization, is called by the label. At most three
 * queries whatever their number.
 */
export async function describeActors(db: Reader, organizationId: number, labels: Iterable<string>): Promise<Map<string, ActorView>> {
  const actors = [...new Set(labels)].map(readLabel);
  const idsOf = (kind: ActorView["kind"]) => actors.flatMap((actor) => (actor.kind === kind ? actor.id : []));
  const known = {
    user: await findByIds(selectMembers, db, organizationId, idsOf("user")),
    token: await findByIds(selectTokens, db, organizationId, idsOf("token")),
    hook: await findByIds(selectProjects, db, organizationId, idsOf("hook")),
    system: new Map<number, NamedActor>(),
  };
  return new Map(
    actors.map(({ label, kind, id }) => {
      const { name = label, email = null } = known[kind].get(id) ?? {};
      return [label, { label, kind, name, email }];
    }),
  );
}

function readLabel(label: string): { readonly label: string; readonly kind: ActorView["kind"]; readonly id: number } {
  const [, kind, id = ""] = LABEL_PATTERN.exec(label) ?? [];
  if (kind === "user" || kind === "token" || kind === "hook") return { label, kind, id: Number(id) };
  return { label, kind: "system", id: 0 };
}

type Select = (db: Reader, values: { readonly ids: string; readonly organizationId: number }) => Promise<readonly NamedActor[]>;

async function findByIds(select: Select, db: Reader, organizationId: number, ids: readonly number[]): Promise<Map<number, NamedActor>> {
  if (ids.length === 0) return new Map();
  return new Map((await select(db, { ids: JSON.stringify(ids), organizationId })).map((row) => [row.id, row]));
}

const selectMembers = prepared((db: Reader) => {
  const { users, members } = db.tables;
  return db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, sql.placeholder("organizationId")), anyOf(members.userId, "ids")))
    .prepare();
});

const selectTokens = prepared((db: Reader) => {
  const { tokens } = db.tables;
  const mine = eq(tokens.organizationId, sql.placeholder("organizationId"));
  return db
    .select({ id: tokens.id, name: tokens.name })
    .from(tokens)
    .where(and(anyOf(tokens.id, "ids"), mine))
    .prepare();
});

const selectProjects = prepared((db: Reader) => {
  const { projects } = db.tables;
  const mine = eq(projects.organizationId, sql.placeholder("organizationId"));
  return db
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(and(anyOf(projects.id, "ids"), mine))
    .prepare();
});
