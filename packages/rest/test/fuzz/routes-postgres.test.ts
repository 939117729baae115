import { isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import { describe } from "vitest";
import { fuzzRoutes } from "./fuzz-routes.ts";

describe.skipIf(!(await isPostgresAvailable()))("on a PostgreSQL server", () => {
  fuzzRoutes("postgres", 12);
});
