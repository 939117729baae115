import * as z from "zod";

/** A person of this server (contract 12.6). */
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

/** Who wrote a commit: a person of this server, else the name and address the commit gave. */
export const AuthorView = z.union([UserView, z.object({ name: z.string().nullable(), email: z.string() })]);
export type AuthorView = z.infer<typeof AuthorView>;
