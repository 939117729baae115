import type * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { list } from "../fields/list.ts";
import { releaseVersion } from "../fields/release-version.ts";

/** The state many releases are to be in. */
export const ChangeStatusInput = body({
  versions: list(releaseVersion(), { empty: false, max: 500 }),
  status: oneOf(["open", "archived"], { invalid: (value) => `Invalid status ${value}` }),
});
export type ChangeStatusInput = z.output<typeof ChangeStatusInput>;
