import * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { list } from "../fields/list.ts";
import { ruledText, text } from "../fields/text.ts";
import { pageParams, queryText } from "./query.ts";
import { bool } from "./toggle.ts";

/** What a .mailmap may have. */
export const MAILMAP_BYTES = 1_048_576;
export const MAILMAP_LINES = 5000;

const address = () => text({ max: 254 });

/**
 * Query of the people who wrote commits. `query`: words, each part of a name or an address of theirs. `bots`: "only" programs, or
 * everybody "without" them.
 */
export const ListContributorsInput = z.object({
  query: queryText().optional(),
  bots: oneOf(["only", "without"], { invalid: (value) => `"${value}" is not a valid choice.` }).optional(),
  ...pageParams,
});
export type ListContributorsInput = z.output<typeof ListContributorsInput>;

/** A person by any of their addresses. */
export const GetContributorInput = z.object({ email: address() });

/** Addresses that are other ones of whose address `into` is. */
export const MergeContributorsInput = body({ into: address(), emails: list(address(), { empty: false, max: 200 }) });
export type MergeContributorsInput = z.output<typeof MergeContributorsInput>;

/** An address that is to stand by itself. */
export const SeparateContributorInput = body({ email: address() });

/** A .mailmap as git reads it. With `dryRun` nothing is changed. */
export const ImportMailmapInput = body({
  text: ruledText({ trim: false, rule: tooLong }).describe("The content of the .mailmap: at most 1 MiB and 5,000 lines."),
  dryRun: bool().optional().describe("Whether only to answer what would be changed."),
});
export type ImportMailmapInput = z.output<typeof ImportMailmapInput>;

function tooLong(mailmap: string): string | null {
  const bytes = new TextEncoder().encode(mailmap).length;
  if (bytes > MAILMAP_BYTES) return `A .mailmap may have 1 MiB (${MAILMAP_BYTES} bytes); this one has ${bytes}.`;
  const ends = mailmap.match(/\r\n|\n|\r/g)?.length ?? 0;
  const lines = ends + (/[\r\n]$/.test(mailmap) ? 0 : 1);
  return lines > MAILMAP_LINES ? `A .mailmap may have ${MAILMAP_LINES} lines; this one has ${lines}.` : null;
}
