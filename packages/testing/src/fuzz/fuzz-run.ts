import fc from "fast-check";

/** Every run throws the same requests; FUZZ_SEED chooses others, FUZZ_RUNS multiplies their number. */
export const SEED = Number(process.env["FUZZ_SEED"] ?? 20_181_219);
const FACTOR = Number(process.env["FUZZ_RUNS"] ?? 1);

/** What a property is checked with: about `runs` examples, the seed told in the failure's text and in the title (`titled`). */
export const runs = (count: number): fc.Parameters<[unknown]> => ({ seed: SEED, numRuns: Math.max(1, Math.round(count * FACTOR)), maxSkipsPerRun: 1000 });

/** A title that tells the seed. */
export const titled = (title: string): string => `${title} (seed ${SEED})`;
