import { fuzzRoutes } from "./fuzz-routes.ts";

fuzzRoutes("sqlite", 100);
