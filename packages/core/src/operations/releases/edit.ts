import type { Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { EditReleaseInput } from "@landfall/schema/releases/change-release";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_WRITE } from "@landfall/schema/scope";
import { atWholeRelease } from "../../access/at-release.ts";
import { notFound } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { changeRelease, lockRelease, recordFinalized, type ReleaseChanges } from "../../records/releases.ts";
import { findUsers } from "../../records/users.ts";
import { findOwner } from "./create.ts";
import { describeRelease } from "./describe.ts";

/**
 * Sets what is told of a release, or takes it away, which `updateRelease` cannot: on the wire, empty values change nothing. Records what
 * was there before. Throws `invalid` per field, and at `owner` for who is no member.
 */
export const editRelease = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: EditReleaseInput,
  run: async (on, input): Promise<ReleaseView> => {
    const { tx, at } = on;
    const release = await lockRelease(tx, at.release);
    if (!release) throw notFound();
    const changes = changesOf(release, await requestedFields(tx, release.organizationId, input));
    const { release: changed, isFinalized } = await changeRelease(tx, release, changes);
    const fields = EDITABLE_FIELDS.filter((field) => field in changes);
    if (fields.length > 0) {
      const people = await findUsers(
        tx,
        [release.ownerId, changed.ownerId].filter((id) => id !== null),
      );
      const told = (row: ReleaseRow) => auditedFields(row, fields, (id) => people.get(id)?.user.email ?? null);
      const details = { before: told(release), after: told(changed) };
      await recordAudit(on, { organizationId: release.organizationId, action: "release.edit", target: release.version, details });
    }
    if (isFinalized) {
      await recordFinalized(
        tx,
        changed,
        at.links.map((link) => link.projectId),
      );
    }
    return describeRelease(tx, changed, { access: at.access, links: at.links });
  },
});

const EDITABLE_FIELDS = ["ref", "url", "dateReleased", "ownerId"] as const;

type EditableFields = Pick<ReleaseRow, (typeof EDITABLE_FIELDS)[number]>;

async function requestedFields(
  tx: Tx,
  organizationId: number,
  { ref, url, dateReleased, owner }: EditReleaseInput,
): Promise<Partial<EditableFields>> {
  return {
    ...(ref === undefined ? {} : { ref: ref || null }),
    ...(url === undefined ? {} : { url: url || null }),
    ...(dateReleased === undefined ? {} : { dateReleased }),
    ...(owner === undefined ? {} : { ownerId: await findOwner(tx, organizationId, owner ?? undefined) }),
  };
}

/** The facts that are other ones than before. */
function changesOf(release: ReleaseRow, wanted: Partial<EditableFields>): ReleaseChanges {
  const isOther = ([field, value]: [string, unknown]) => plain(value) !== plain(Reflect.get(release, field));
  return Object.fromEntries(Object.entries(wanted).filter(isOther));
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

/** As the log keeps them: an owner by their address. */
const auditedFields = (
  row: ReleaseRow,
  fields: readonly (keyof EditableFields)[],
  emailOf: (id: number) => string | null,
): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => (field === "ownerId" ? ["owner", row.ownerId === null ? null : emailOf(row.ownerId)] : [field, row[field]])),
  );
