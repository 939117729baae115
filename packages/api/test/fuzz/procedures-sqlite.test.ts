import { fuzzProcedures } from "./fuzz-procedures.ts";

fuzzProcedures("sqlite", 70);
