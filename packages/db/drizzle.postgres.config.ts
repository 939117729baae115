import { defineConfig } from "drizzle-kit";

/** For drizzle-kit's own commands (`drizzle-kit studio --config …`); `pnpm generate` passes the same three values. */
export default defineConfig({ dialect: "postgresql", schema: "./src/tables/schema.postgres.ts", out: "./migrations/postgres" });
