import { defineConfig } from "drizzle-kit";

/** For drizzle-kit's own commands (`drizzle-kit studio --config …`); `pnpm generate` passes the same three values. */
export default defineConfig({ dialect: "sqlite", schema: "./src/tables/schema.sqlite.ts", out: "./migrations/sqlite" });
