import { isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import { describe } from "vitest";
import { fuzzProcedures } from "./fuzz-procedures.ts";

describe.skipIf(!(await isPostgresAvailable()))("on a PostgreSQL server", () => {
  fuzzProcedures("postgres", 8);
});
