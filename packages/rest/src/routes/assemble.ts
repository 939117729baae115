import { isAppError } from "@landfall/core/app-error";
import { assembleArtifactBundle } from "@landfall/core/artifacts/assemble-artifact-bundle";
import { assembleRelease } from "@landfall/core/artifacts/assemble-release";
import { invalidRequest } from "@landfall/core/artifacts/assembly-request";
import { AssembleBundleShape, AssembleReleaseShape } from "@landfall/schema/inputs/assemble";
import { AssemblyView } from "@landfall/schema/views/assembly";
import { ok, post, type Route } from "../route.ts";

/** These answer `{"error": …}` also to what is no JSON (contract 9.3). */
const withJsonErrors = (route: Route): Route => ({
  ...route,
  run: (exchange) =>
    route.run({
      ...exchange,
      input() {
        try {
          const body = exchange.input();
          return body === undefined ? throwInvalidJson() : body;
        } catch (error) {
          throw isAppError(error) && error.code === "invalid" ? invalidRequest("Invalid json body") : error;
        }
      },
    }),
});

/** An empty body is no JSON either. */
const throwInvalidJson = (): never => {
  throw invalidRequest("Invalid json body");
};

/** Archives put together from uploaded chunks (contract 2, rows 18 and 22). */
export const assembleRoutes: readonly Route[] = [
  post("/organizations/:organization/releases/:version/assemble/", {
    summary: "Put an archive of a release together from its chunks, or ask how that stands",
    operation: assembleRelease,
    shape: AssembleReleaseShape,
    answers: { 200: AssemblyView },
    answer: ok,
  }),
  post("/organizations/:organization/artifactbundle/assemble/", {
    summary: "Put an artifact bundle together from its chunks, or ask how that stands and what is missing",
    operation: assembleArtifactBundle,
    shape: AssembleBundleShape,
    answers: { 200: AssemblyView },
    answer: ok,
  }),
].map(withJsonErrors);
