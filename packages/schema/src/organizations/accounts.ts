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

/** The author of a commit: a user, else the name and email address of the commit. */
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
  /** Whether it is the session of this request. */
  isCurrent: z.boolean(),
  /** The IP address it was created from, if known. */
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  /** Accurate to about five minutes. */
  dateLastUsed: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});

export type SessionView = z.infer<typeof SessionView>;

/** The revoked credentials after a password change: all sessions, including the current one, and the tokens if requested. */
export const ChangedPasswordView = z.object({ ended: z.number().int(), revokedTokens: z.number().int() });

export type ChangedPasswordView = z.infer<typeof ChangedPasswordView>;

/** The number of revoked sessions of the caller. */
export const EndedSessionsView = z.object({ ended: z.number().int() });

export type EndedSessionsView = z.infer<typeof EndedSessionsView>;
