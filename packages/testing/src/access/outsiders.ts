import { type AnyCaller, type Missing, withoutClosed } from "./access-world.ts";

/** A request and its response. Two requests are equal if they name the same objects. */
export type Exchange = { readonly request: string; readonly status: number; readonly text: string };

/** The response to a caller for something that they must not know of, and the one for something that does not exist. */
type OutsiderPair = {
  readonly caller: AnyCaller;
  readonly missing: Missing;
  readonly toClosed: Omit<Exchange, "request">;
  readonly toMissing: Omit<Exchange, "request">;
};

const OUTSIDERS = { closedProject: ["otherTeam", "closedProject", "teamless"], organization: ["stranger", "foreignCi"] } as const;

/**
 * Calls an operation as each caller who does not reach the project, or the organization, of the access table, with the names of the table and
 * with names that do not exist. Returns the responses of requests that differ; both of a pair should be equal.
 */
export async function callAsOutsiders(call: (caller: AnyCaller, instead?: Missing) => Promise<Exchange>): Promise<readonly OutsiderPair[]> {
  const pairs: OutsiderPair[] = [];
  for (const missing of ["closedProject", "organization"] as const) {
    for (const caller of OUTSIDERS[missing]) {
      const [closed, absent] = [await call(caller), await call(caller, missing)];
      if (closed.request === absent.request) continue;
      const text = missing === "closedProject" ? withoutClosed(closed.text) : closed.text;
      pairs.push({
        caller,
        missing,
        toClosed: { status: closed.status, text },
        toMissing: { status: absent.status, text: absent.text },
      });
    }
  }
  return pairs;
}
