import type { Context } from "../context.ts";
import { type SampleResult, makeSample } from "./make-sample.ts";

/** What everybody may look round in, to see what the pages look like with something in them. */
const SAMPLE = { seed: "sample", organization: "sample", name: "Sample data", projects: 3, releases: 60, people: 14, days: 45 };

/**
 * Makes the organization `sample` with 60 made-up releases, owned by the caller, whom it must be about: a person who is signed in. One
 * per server. `organizations.delete` takes it away. Throws `conflict` when there is one. As `makeSample`, not an operation.
 */
export const createSample = (context: Context, { userId }: { readonly userId: number }): Promise<SampleResult> =>
  makeSample(context, SAMPLE, { ownerId: userId });
