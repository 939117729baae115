import { findSession } from "@landfall/core/access/authenticate-session";
import type { Context } from "@landfall/core/kernel/context";
import { findIdentities, findSignInCandidate, type Identity, linkIdentity } from "@landfall/core/operations/accounts/identities";
import { closeSession, openSession } from "@landfall/core/records/sessions";
import { type CleanedWhere, createAdapterFactory, type CustomAdapter } from "better-auth/adapters";
import * as z from "zod";

/** A row in better-auth's words. */
type Row = Record<string, unknown>;

/** What better-auth does with its models here: it finds people, and keeps sessions and identities. It does nothing else. */
interface Model {
  find?(context: Context, where: Row): Promise<Row[]>;
  create?(context: Context, data: Row): Promise<Row>;
  remove?(context: Context, where: Row): Promise<void>;
}

/**
 * better-auth's storage over the application's own. Each call is at most one transaction of the store. `current` answers the context of
 * the request that is being served. What better-auth was never meant to do here throws.
 */
export function storeAdapter(current: () => Context) {
  const adapter: CustomAdapter = {
    async create<T>({ model, data }: { model: string; data: T & Row }) {
      return asRow<T>(await supported(model, "create")(current(), data));
    },
    async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
      const [row] = await supported(model, "find")(current(), whereValues(where));
      return row ? asRow<T>(row) : null;
    },
    async findMany<T>({ model, where = [] }: { model: string; where?: CleanedWhere[] | undefined }) {
      const rows = await supported(model, "find")(current(), whereValues(where));
      return rows.map((row) => asRow<T>(row));
    },
    delete: ({ model, where }) => supported(model, "remove")(current(), whereValues(where)),
    update: ({ model }) => refuse(model, "update"),
    updateMany: ({ model }) => refuse(model, "updateMany"),
    deleteMany: ({ model }) => refuse(model, "deleteMany"),
    count: ({ model }) => refuse(model, "count"),
  };
  return createAdapterFactory({ adapter: () => adapter, config: { adapterId: "landfall", supportsNumericIds: true } });
}

const Email = z.object({ email: z.string() });
const Id = z.object({ id: z.number() });
const Token = z.object({ token: z.string() });

const Subject = z.object({ providerId: z.string(), accountId: z.string() }).transform(({ providerId, accountId }) => ({
  provider: providerId,
  subject: accountId,
}));

const NewIdentity = z.intersection(z.object({ userId: z.number() }), Subject);

const NewSession = z.object({
  userId: z.number(),
  token: z.string(),
  ipAddress: z.string().transform((text) => text || null),
  userAgent: z.string().transform((text) => text || null),
});

/** The address by which a person was looked for in a request; better-auth does not repeat it when it links the identity. */
const verifiedEmails = new WeakMap<Context, string>();

const MODELS: Readonly<Record<string, Model>> = {
  user: {
    async find(context, where) {
      const who = z.union([Email, Id]).parse(where);
      const found = await findSignInCandidate(context.store.read, who);
      if (!found) return [];
      if ("email" in who) verifiedEmails.set(context, who.email);
      const { id, name, email, mayLink, dateJoined } = found;
      // better-auth links an identity only to a person whose address is verified, and asks by addresses only that the provider verified.
      return [{ id, name, email, emailVerified: mayLink, image: null, createdAt: dateJoined, updatedAt: dateJoined }];
    },
  },
  account: {
    async find({ store }, where) {
      const found = await findIdentities(store.read, z.union([Subject, z.object({ userId: z.number() })]).parse(where));
      return found.map(accountRow);
    },
    async create(context, data) {
      const email = verifiedEmails.get(context) ?? null;
      return accountRow(await linkIdentity(context, { ...NewIdentity.parse(data), email }));
    },
  },
  session: {
    async find({ store, now }, where) {
      const { token } = Token.parse(where);
      const found = await findSession(store.read, token, now());
      if (!found) return [];
      const { id, userId, dateCreated, dateExpires } = found;
      return [{ id, userId, token, createdAt: dateCreated, updatedAt: dateCreated, expiresAt: dateExpires }];
    },
    async create(context, data) {
      const draft = NewSession.parse(data);
      const { id, userId, ipAddress, userAgent, dateCreated, dateExpires } = await openSession(context, draft);
      const { token } = draft;
      return { id, userId, token, ipAddress, userAgent, createdAt: dateCreated, updatedAt: dateCreated, expiresAt: dateExpires };
    },
    async remove(context, where) {
      await closeSession(context, Token.parse(where).token);
    },
  },
};

const accountRow = ({ id, userId, provider, subject, dateCreated }: Identity): Row => ({
  id,
  userId,
  providerId: provider,
  accountId: subject,
  createdAt: dateCreated,
  updatedAt: dateCreated,
});

function supported<K extends keyof Model>(model: string, action: K): NonNullable<Model[K]> {
  return MODELS[model]?.[action] ?? refuse(model, action);
}

function refuse(model: string, action: string): never {
  throw new Error(`better-auth asked to ${action} its ${model}, which it has no business with here`);
}

/** The conditions as one object; every one of them is an equality, and all hold at once. */
function whereValues(where: readonly CleanedWhere[]): Row {
  for (const { operator, connector, field } of where) {
    if (operator !== "eq" || connector !== "AND") throw new Error(`better-auth asked for ${field} by ${connector} ${operator}`);
  }
  return Object.fromEntries(where.map(({ field, value }) => [field, value]));
}

/** better-auth types its rows by parameters that only its callers know; the models above answer every field those read. */
const asRow = <T>(row: Row): T => row as T;
