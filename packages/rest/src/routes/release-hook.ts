import { authenticateHook } from "@landfall/core/access/authenticate-hook";
import type { App } from "@landfall/core/kernel/app";
import { isAppError } from "@landfall/core/kernel/app-error";
import { createProjectRelease } from "@landfall/core/operations/releases/create";
import { readBody } from "../http/read-request.ts";
import { type RouteResponse, HOOKS_PATH } from "../http/route.ts";

/** The path of the signed release webhook. */
export const RELEASE_HOOK_PATH = `${HOOKS_PATH}/release/builtin/:project/:signature/`;

/**
 * Reports a release of one project by a signed webhook (contract 10.6); the signature takes the place of a token. The response is an empty 403
 * for an invalid signature, and `{"error": …}` for a body that is not JSON.
 */
export async function serveReleaseHook(app: App, request: Request, params: Record<string, string>): Promise<RouteResponse> {
  const { project = "", signature = "" } = params;
  try {
    const sender = await authenticateHook(app.store.read, { project, signature });
    const context = await app.contextOf({
      authorization: null,
      userAgent: request.headers.get("user-agent"),
      requestId: request.headers.get("x-request-id"),
    });
    const input = markJsonErrors(await readBody(request, createProjectRelease.limits, app.bodies));
    const { release, created } = await createProjectRelease.call({ ...context, actor: sender.actor }, sender.params, input);
    return { status: created ? 201 : 208, body: release };
  } catch (error) {
    if (error instanceof UnreadableBody) return { status: 400, body: { error: error.message } };
    if (isAppError(error) && error.code === "forbidden") return { status: 403 };
    throw error;
  }
}

class UnreadableBody extends Error {}

/** Marks errors of the JSON syntax, which are returned as `error`; errors of fields have the usual form. */
const markJsonErrors = (read: () => unknown) => (): unknown => {
  try {
    return read();
  } catch (error) {
    throw isAppError(error) && error.code === "invalid" ? new UnreadableBody(error.message) : error;
  }
};
