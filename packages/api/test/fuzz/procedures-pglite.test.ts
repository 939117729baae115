import { fuzzProcedures } from "./fuzz-procedures.ts";

fuzzProcedures("pglite", 8);
