import type { Scheme } from "./plan-versions.ts";

/** A part of a project's code: the scope in its commit messages, its folder, and the things that commits change. */
export type Scope = { readonly name: string; readonly folder: string; readonly things: readonly string[] };

export type ProjectDraft = {
  readonly slug: string;
  readonly name: string;
  readonly platform: string;
  readonly team: "apps" | "platform";
  /** The prefix of its tickets. */
  readonly tickets: string;
  readonly scheme: Scheme;
  /** Its share of the releases, relative to the other projects. */
  readonly weight: number;
  readonly environments: readonly string[];
  readonly scopes: readonly Scope[];
};

const ENVIRONMENTS = ["dev", "staging", "production"];

/** The projects of a sample organization, the most important first. */
export const PROJECTS: readonly ProjectDraft[] = [
  {
    slug: "web",
    name: "Web shop",
    platform: "javascript-nextjs",
    team: "apps",
    tickets: "SHOP",
    scheme: { kind: "semver", package: "web", from: [2, 14, 0] },
    weight: 30,
    environments: ENVIRONMENTS,
    scopes: [
      {
        name: "cart",
        folder: "src/cart",
        things: ["the voucher field", "gift wrapping", "the line total", "an empty cart", "stock hints"],
      },
      { name: "checkout", folder: "src/checkout", things: ["the delivery address", "pick-up points", "the tax line", "guest orders"] },
      { name: "account", folder: "src/account", things: ["order history", "the newsletter choice", "two-step sign-in", "saved cards"] },
      { name: "ui", folder: "src/ui", things: ["the dark theme", "focus rings", "the date picker", "toast messages", "the size table"] },
    ],
  },
  {
    slug: "api",
    name: "Public API",
    platform: "node",
    team: "platform",
    tickets: "CORE",
    scheme: { kind: "calendar", package: "api" },
    weight: 25,
    environments: ENVIRONMENTS,
    scopes: [
      { name: "orders", folder: "src/orders", things: ["partial refunds", "the order export", "split shipments", "idempotency keys"] },
      { name: "auth", folder: "src/auth", things: ["refresh tokens", "the session table", "API keys", "password resets"] },
      { name: "webhooks", folder: "src/webhooks", things: ["delivery retries", "signatures", "the event log", "slow receivers"] },
      { name: "db", folder: "src/db", things: ["the orders index", "connection limits", "old partitions", "read replicas"] },
    ],
  },
  {
    slug: "mobile",
    name: "Mobile app",
    platform: "react-native",
    team: "apps",
    tickets: "APP",
    scheme: { kind: "build", package: "com.acme.mobile", from: [5, 3, 0], build: 3120 },
    weight: 12,
    environments: ENVIRONMENTS,
    scopes: [
      { name: "scanner", folder: "app/scanner", things: ["the bar code frame", "the torch", "offline scans", "QR codes"] },
      { name: "push", folder: "app/push", things: ["quiet hours", "the permission prompt", "order updates", "badges"] },
      { name: "onboarding", folder: "app/onboarding", things: ["the country list", "the first screen", "biometric sign-in"] },
    ],
  },
  {
    slug: "billing",
    name: "Billing",
    platform: "python-django",
    team: "platform",
    tickets: "PAY",
    scheme: { kind: "semver", package: "billing", from: [7, 2, 3] },
    weight: 13,
    environments: ENVIRONMENTS,
    scopes: [
      { name: "invoices", folder: "billing/invoices", things: ["credit notes", "the PDF footer", "reverse charge", "invoice numbers"] },
      { name: "payments", folder: "billing/payments", things: ["failed direct debits", "the payout report", "card retries"] },
      { name: "ledger", folder: "billing/ledger", things: ["rounding", "month-end closing", "exchange rates"] },
    ],
  },
  {
    slug: "search",
    name: "Search",
    platform: "go",
    team: "platform",
    tickets: "FIND",
    scheme: { kind: "hash" },
    weight: 12,
    environments: ENVIRONMENTS,
    scopes: [
      { name: "ranking", folder: "internal/ranking", things: ["synonyms", "the popularity boost", "typing mistakes", "new products"] },
      { name: "index", folder: "internal/index", things: ["the nightly rebuild", "deleted products", "snapshots", "shard sizes"] },
      { name: "suggest", folder: "internal/suggest", things: ["recent searches", "brand names", "umlauts"] },
    ],
  },
  {
    slug: "docs",
    name: "Handbook",
    platform: "javascript",
    team: "apps",
    tickets: "DOC",
    scheme: { kind: "counter", prefix: "docs-", from: 1018 },
    weight: 8,
    environments: ["staging", "production"],
    scopes: [
      { name: "guides", folder: "content/guides", things: ["the first order", "webhook examples", "error codes", "the glossary"] },
      { name: "site", folder: "site", things: ["the search box", "the print style", "broken links"] },
    ],
  },
];
