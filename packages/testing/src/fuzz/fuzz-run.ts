/** Every run throws the same requests; FUZZ_SEED chooses others, FUZZ_RUNS multiplies their number. */
export const SEED = Number(process.env.FUZZ_SEED ?? 20_181_219);
const FACTOR = Number(process.env.FUZZ_RUNS ?? 1);

/** How a property is checked: with about `count` examples, always the same ones. */
export const runs = (count: number): { seed: number; numRuns: number } => ({
  seed: SEED,
  numRuns: Math.max(1, Math.round(count * FACTOR)),
});

/** A title that tells the seed. */
export const titled = (title: string): string => `${title} (seed ${SEED})`;
