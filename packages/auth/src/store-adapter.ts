import { findSession } from "@landfall/core/access/authenticate-session";
import type { Context } from "@landfall/core/kernel/context";
import { findIdentities, findSignInCandidate, type Identity, linkIdentity } from "@landfall/core/operations/accounts/identities";
import { closeSession, openSession } from "@landfall/core/records/accounts/sessions";
import { type CleanedWhere, createAdapterFactory, type CustomAdapter } from "better-auth/adapters";
import * as z from "zod";

/** A row with the field names of better-auth. */
type Row = Record<string, unknown>;

/** The actions that better-auth may take on a model: it finds users, and stores sessions and identities. */
interface Model {
  find?(context: Context, where: Row): Promise<Row[]>;
  create?(context: Context, data: Row): Promise<Row>;
  remove?(context: Context, where: Row): Promise<void>;
}

/**
 * The storage of better-auth on the store of the application. Each call is at most one transaction. `current` returns the context of the
 * current request. Throws for any action that better-auth must not take here.
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

/** The email address that a user was looked up by in a request; better-auth does not pass it when it links the identity. */
const verifiedEmails = new WeakMap<Context, string>();

const MODELS: Readonly<Record<string, Model>> = {
  user: {
    async find(context, where) {
      const key = z.union([Email, Id]).parse(where);
      const found = await findSignInCandidate(context.store.read, key);
      if (!found) return [];
      if ("email" in key) verifiedEmails.set(context, key.email);
      const { id, name, email, mayLink, dateJoined } = found;
      // better-auth only links an identity to a user with a verified email address, and only looks up addresses that the provider has verified.
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
  throw new Error(`better-auth tried to ${action} its ${model}, which is not supported here`);
}

/** The conditions as one object. All of them are equalities joined by AND. */
function whereValues(where: readonly CleanedWhere[]): Row {
  for (const { operator, connector, field } of where) {
    if (operator !== "eq" || connector !== "AND")
      throw new Error(`better-auth used the condition ${connector} ${field} ${operator}, which is not supported here`);
  }
  return Object.fromEntries(where.map(({ field, value }) => [field, value]));
}

/** The type parameter is only known to callers of better-auth; the models above return every field that those read. */
const asRow = <T>(row: Row): T => row as T;
