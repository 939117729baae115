import * as z from "zod";
import { body } from "../fields/composites.ts";
import { password } from "../fields/names.ts";
import { bool, pageParams } from "../fields/query.ts";
import { text } from "../fields/text.ts";

/** A user (contract 12.6). */
export const UserView = z
  .object({
    id: z.string(),
    name: z.string(),
    username: z.string(),
    email: z.string(),
    avatarUrl: z.string().nullable(),
    isActive: z.boolean(),
    hasPasswordAuth: z.boolean(),
    isManaged: z.boolean(),
    dateJoined: z.iso.datetime(),
    lastLogin: z.iso.datetime().nullable(),
    has2fa: z.boolean(),
    lastActive: z.iso.datetime().nullable(),
    isSuperuser: z.boolean(),
    isStaff: z.boolean(),
    isSuspended: z.boolean(),
    experiments: z.object({}),
    emails: z.array(z.object({ id: z.string(), email: z.string(), is_verified: z.boolean() })),
    avatar: z.object({ avatarType: z.string(), avatarUuid: z.string().nullable() }),
  })
  .meta({ id: "User" });

export type UserView = z.infer<typeof UserView>;

/** The author of a commit: a user, else the name and e-mail address of the commit. */
export const AuthorView = z.union([UserView, z.object({ name: z.string().nullable(), email: z.string() })]);

export type AuthorView = z.infer<typeof AuthorView>;

/** An existing password, which is compared and need not meet the rules for new ones. */
const typedPassword = () => text({ max: 128, trim: false });

/** The form of the sign-in page. */
export const SignInInput = body({ email: text({ max: 254 }), password: typedPassword() });

export type SignInInput = z.output<typeof SignInInput>;

/** A change of the caller's password. */
export const ChangePasswordInput = body({
  currentPassword: typedPassword(),
  newPassword: password(),
  revokeTokens: bool()
    .optional()
    .describe("Whether to revoke the caller's user tokens and the tokens created with them; false by default."),
});

export type ChangePasswordInput = z.output<typeof ChangePasswordInput>;

/** A new password for a user who lost theirs. */
export const ResetPasswordInput = body({ email: text({ max: 254 }), password: password(), revokeTokens: bool().optional() });

export type ResetPasswordInput = z.output<typeof ResetPasswordInput>;

/** Query of the list of the caller's own sessions. */
export const ListSessionsInput = z.object(pageParams);

/** A session of a user, as they see it. */
export const SessionView = z.object({
  id: z.string(),
  /** Whether it is the one the question came from. */
  isCurrent: z.boolean(),
  /** The address it was made from, where that is known. */
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  /** To about five minutes. */
  dateLastUsed: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});

export type SessionView = z.infer<typeof SessionView>;

/** What a change of the caller's password ended: every session, also the one it came from, and the tokens if asked to. */
export const ChangedPasswordView = z.object({ ended: z.number().int(), revokedTokens: z.number().int() });

export type ChangedPasswordView = z.infer<typeof ChangedPasswordView>;

/** The number of sessions of the caller that were ended. */
export const EndedSessionsView = z.object({ ended: z.number().int() });

export type EndedSessionsView = z.infer<typeof EndedSessionsView>;
