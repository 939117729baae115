import type { PlannedCommit } from "./scratch-repository.ts";

const ADA = { name: "Ada Lovelace", email: "ada@example.test" };
const GRACE = { name: "Grace Hopper", email: "Grace.Hopper@Example.test" };
const ZOE = { name: "Zoë Müller 🚀", email: "zoe@example.test" };

/** The history before the first release: five commits by three people, with added, changed, removed and moved files. */
export const FIRST_RELEASE: readonly PlannedCommit[] = [
  {
    author: ADA,
    date: "2026-05-04T09:00:00+02:00",
    message: "Start the shop\n",
    write: { "README.md": "# Shop\n", "src/cart.js": "export const cart = [];\n" },
  },
  {
    author: GRACE,
    date: "2026-05-05T10:30:00-04:00",
    message: "Add the checkout\n\nIt takes a card.\n",
    write: { "src/checkout.js": "export const pay = () => true;\n" },
  },
  {
    author: ZOE,
    date: "2026-05-06T08:15:00Z",
    message: "Größe ändern: « préférences » ✓\n",
    write: { "src/größe.js": "export const g = 1;\n", "src/cart.js": "export const cart = [1];\n" },
  },
  { author: ADA, date: "2026-05-07T10:00:00+02:00", message: "Move the checkout\n", move: [["src/checkout.js", "src/pay/checkout.js"]] },
  { author: GRACE, date: "2026-05-08T10:00:00+00:00", message: "Drop the greeting\n", remove: ["README.md"] },
];

/** What the second release adds: two commits on top of `FIRST_RELEASE`. */
export const SECOND_RELEASE: readonly PlannedCommit[] = [
  { author: ZOE, date: "2026-05-11T12:00:00Z", message: "Count the cart\n", write: { "src/count.js": "export const count = 2;\n" } },
  { author: ADA, date: "2026-05-12T12:00:00Z", message: "Fix the count\n", write: { "src/count.js": "export const count = 3;\n" } },
];
