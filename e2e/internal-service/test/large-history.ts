import type { NewCommit } from "@landfall/client";

/** A large history: commits newest first, a minute apart, with three changed files each, by 50 authors. */
export const largeHistory = (count: number): NewCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    id: (count - index).toString(16).padStart(40, "0"),
    repository: "acme/monorepo",
    message: `Change ${count - index}\n\nWhy it was needed, in a sentence or two.`,
    author_name: `Person ${index % 50}`,
    author_email: `person${index % 50}@acme.test`,
    timestamp: new Date(Date.UTC(2026, 0, 1) - index * 60_000),
    patch_set: [0, 1, 2].map((file) => ({ path: `packages/p${index % 100}/src/file-${(index + file) % 500}.ts`, type: "M" as const })),
  }));
