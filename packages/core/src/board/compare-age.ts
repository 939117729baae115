import type { ReleaseRow } from "@landfall/db/rows";

/** Which of two releases of a project is the older one: negative for the first; by date released, else created, then by id. */
export const compareAge = (a: Pick<ReleaseRow, "id" | "dateEffective">, b: Pick<ReleaseRow, "id" | "dateEffective">): number =>
  a.dateEffective.getTime() - b.dateEffective.getTime() || a.id - b.id;
