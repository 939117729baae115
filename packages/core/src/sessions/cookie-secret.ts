import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import type { Context } from "../context.ts";

const COOKIE_SECRET = "cookies";
const COOKIE_SECRET_BYTES = 32;

/**
 * What cookies are signed with, the same for every process over this database; made when it is first asked for. It proves nothing by
 * itself: a session is found by its token, of which the database holds only the sha256.
 */
export async function cookieSecret({ store, now, randomHex }: Context): Promise<string> {
  const known = await readSecret(store.read);
  if (known !== undefined) return known;
  const value = randomHex(COOKIE_SECRET_BYTES);
  const dateCreated = now();
  return store.transaction(async (tx) => {
    await tx.insert(tx.tables.secrets).values({ name: COOKIE_SECRET, value, dateCreated }).onConflictDoNothing();
    const stored = await readSecret(tx);
    if (stored === undefined) throw new Error("a secret was not stored");
    return stored;
  });
}

async function readSecret(db: Reader): Promise<string | undefined> {
  const { secrets } = db.tables;
  const [found] = await db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, COOKIE_SECRET));
  return found?.value;
}
