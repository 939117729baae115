import { postgresAnswers } from "@landfall/testing/stores/open-test-postgres";
import { describe } from "vitest";
import { fuzzProcedures } from "./fuzz-procedures.ts";

describe.skipIf(!(await postgresAnswers()))("on a PostgreSQL server", () => {
  fuzzProcedures("postgres", 8);
});
