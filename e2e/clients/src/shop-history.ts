import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./project-node.ts";
import type { PlannedCommit } from "./scratch-repository.ts";

const SHOP = join(repositoryRoot, "e2e", "clients", "shop");

/** The text of a source of the shop: `main.js`, `checkout.js` or `prices.js`. */
export const shopSource = (name: string): string => readFileSync(join(SHOP, name), "utf8");

const sources = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, shopSource(name)]));

const ADA = { name: "Ada Lovelace", email: "ada@example.test" };
const GRACE = { name: "Grace Hopper", email: "grace@example.test" };

/** How the shop that the bundlers build came to be. */
export const SHOP_HISTORY: readonly PlannedCommit[] = [
  {
    author: ADA,
    date: "2026-06-01T09:00:00+02:00",
    message: "Show what tea costs\n",
    write: { ...sources("main.js", "prices.js"), ".gitignore": "dist\n" },
  },
  { author: GRACE, date: "2026-06-02T10:30:00Z", message: "Take money\n", write: sources("checkout.js") },
];
