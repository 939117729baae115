import { fuzzRoutes } from "./fuzz-routes.ts";

fuzzRoutes("pglite", 12);
