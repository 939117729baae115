import { Nothing } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { describeNotes } from "./describe-notes.ts";

/**
 * The notes of a release: those somebody saved, and the draft made from its commits, of which at most the newest 5000 are read. The
 * Markdown of a draft holds no HTML and no links but to the commits and requests of repositories whose address is known.
 */
export const getNotes = query({
  scope: REL_READ,
  at: atRelease,
  input: Nothing,
  run: ({ db, at: { release } }) => describeNotes(db, release),
});
