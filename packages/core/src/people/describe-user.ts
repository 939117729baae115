import type { UserEmailRow, UserRow } from "@landfall/db/rows";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { UserView } from "@landfall/schema/views/user";

export type UserWithEmails = { readonly user: UserRow; readonly emails: readonly UserEmailRow[] };

/** A person as the wire shows them (contract 12.6). */
export const describeUser = ({ user, emails }: UserWithEmails): UserView => ({
  id: String(user.id),
  name: user.name,
  username: user.username,
  email: user.email,
  avatarUrl: null,
  isActive: user.isActive,
  hasPasswordAuth: user.passwordHash !== null,
  isManaged: false,
  dateJoined: instant(user.dateJoined),
  lastLogin: instantOrNull(user.lastLogin),
  has2fa: false,
  lastActive: instantOrNull(user.lastLogin),
  isSuperuser: false,
  isStaff: false,
  isSuspended: false,
  experiments: {},
  emails: emails.map(({ id, email, isVerified }) => ({ id: String(id), email, is_verified: isVerified })),
  avatar: { avatarType: "letter_avatar", avatarUuid: null },
});
