import type { Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { RELEASE_TEXTS } from "@landfall/schema/constants";
import { EditReleaseInput } from "@landfall/schema/releases/change-release";
import type { ReleaseView } from "@landfall/schema/releases/releases";
import { REL_WRITE } from "@landfall/schema/scope";
import { atWholeRelease } from "../../access/at-release.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { type ReleaseChanges, changeRelease, lockRelease, recordFinalized, releaseDeleted } from "../../records/releases.ts";
import { findUsers } from "../../records/users.ts";
import { findOwner } from "./create.ts";
import { describeRelease } from "./describe.ts";

/**
 * Sets or clears fields of a release. `updateRelease` cannot clear them, because empty values change nothing on the wire. The audit event
 * contains the values before and after.
 *
 * @throws `invalid` per field, and at `owner` for a user who is not a member
 */
export const editRelease = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: EditReleaseInput,
  run: async (on, input): Promise<ReleaseView> => {
    const { tx, at } = on;
    const release = await lockRelease(tx, at.release);
    if (!release) throw releaseDeleted(at.release);
    const changes = changesOf(release, await requestedFields(tx, release.organizationId, input));
    const { release: changed, isFinalized } = await changeRelease(tx, release, changes);
    const fields = EDITABLE_FIELDS.filter((field) => field in changes);
    if (fields.length > 0) {
      const owners = await findUsers(
        tx,
        [release.ownerId, changed.ownerId].filter((id) => id !== null),
      );
      const valuesOf = (row: ReleaseRow) => auditedFields(row, fields, (id) => owners.get(id)?.user.email ?? null);
      const details = { before: valuesOf(release), after: valuesOf(changed) };
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

const EDITABLE_FIELDS = [...RELEASE_TEXTS, "dateReleased", "ownerId"] as const;

type EditableFields = Pick<ReleaseRow, (typeof EDITABLE_FIELDS)[number]>;

async function requestedFields(tx: Tx, organizationId: number, input: EditReleaseInput): Promise<Partial<EditableFields>> {
  const { dateReleased, owner } = input;
  return {
    ...Object.fromEntries(RELEASE_TEXTS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name] || null]]))),
    ...(dateReleased === undefined ? {} : { dateReleased }),
    ...(owner === undefined ? {} : { ownerId: await findOwner(tx, organizationId, owner ?? undefined) }),
  };
}

/** Returns the requested fields that differ from the stored ones. */
function changesOf(release: ReleaseRow, requested: Partial<EditableFields>): ReleaseChanges {
  const isChanged = (field: (typeof EDITABLE_FIELDS)[number]) => field in requested && plain(requested[field]) !== plain(release[field]);
  return Object.fromEntries(EDITABLE_FIELDS.filter(isChanged).map((field) => [field, requested[field]]));
}

const plain = (value: Date | string | number | null | undefined) => (value instanceof Date ? value.getTime() : value);

/** Returns the fields in the form of the audit log, with the owner's email. */
const auditedFields = (
  row: ReleaseRow,
  fields: readonly (keyof EditableFields)[],
  emailOf: (id: number) => string | null,
): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => (field === "ownerId" ? ["owner", row.ownerId === null ? null : emailOf(row.ownerId)] : [field, row[field]])),
  );
