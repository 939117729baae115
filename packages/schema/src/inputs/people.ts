import * as z from "zod";
import { body } from "../fields/body.ts";
import { choice } from "../fields/choice.ts";
import { list } from "../fields/list.ts";
import { ruledText, text } from "../fields/text.ts";
import { pageParams, term } from "./query.ts";
import { toggle } from "./toggle.ts";

/** What a .mailmap may have. */
export const MAILMAP_BYTES = 1_048_576;
export const MAILMAP_LINES = 5000;

const address = () => text({ max: 254 });

/**
 * Query of the people who wrote commits. `query`: words, each part of a name or an address of theirs. `bots`: "only" programs, or
 * everybody "without" them.
 */
export const ListPeopleInput = z.object({
  query: term().optional(),
  bots: choice(["only", "without"], { invalid: (value) => `"${value}" is not a valid choice.` }).optional(),
  ...pageParams,
});
export type ListPeopleInput = z.output<typeof ListPeopleInput>;

/** A person by any of their addresses. */
export const GetPersonInput = z.object({ email: address() });

/** Addresses that are other ones of whose address `into` is. */
export const MergePeopleInput = body({ into: address(), emails: list(address(), { empty: false, max: 200 }) });
export type MergePeopleInput = z.output<typeof MergePeopleInput>;

/** An address that is to stand by itself. */
export const SeparatePersonInput = body({ email: address() });

/** A .mailmap as git reads it. With `dryRun` nothing is changed. */
export const ImportMailmapInput = body({
  text: ruledText({ trim: false, rule: tooLong }).describe("The content of the .mailmap: at most 1 MiB and 5,000 lines."),
  dryRun: toggle().optional().describe("Whether only to answer what would be changed."),
});
export type ImportMailmapInput = z.output<typeof ImportMailmapInput>;

function tooLong(mailmap: string): string | null {
  const bytes = new TextEncoder().encode(mailmap).length;
  if (bytes > MAILMAP_BYTES) return `A .mailmap may have 1 MiB (${MAILMAP_BYTES} bytes); this one has ${bytes}.`;
  const ends = mailmap.match(/\r\n|\n|\r/g)?.length ?? 0;
  const lines = ends + (/[\r\n]$/.test(mailmap) ? 0 : 1);
  return lines > MAILMAP_LINES ? `A .mailmap may have ${MAILMAP_LINES} lines; this one has ${lines}.` : null;
}
