import * as z from "zod";
import { body } from "../fields/body.ts";
import { password } from "../fields/password.ts";
import { text } from "../fields/text.ts";
import { pageParams } from "./query.ts";
import { bool } from "./toggle.ts";

/** A password as somebody types it to prove who they are: compared, not judged. */
const typedPassword = () => text({ max: 128, trim: false });

/** What the sign-in page asks for. */
export const SignInInput = body({ email: text({ max: 254 }), password: typedPassword() });
export type SignInInput = z.output<typeof SignInInput>;

/** A change of the caller's own password. */
export const ChangePasswordInput = body({
  currentPassword: typedPassword(),
  newPassword: password(),
  revokeTokens: bool().optional().describe("Whether to revoke the caller's own tokens, and those created with them; not by default."),
});
export type ChangePasswordInput = z.output<typeof ChangePasswordInput>;

/** A new password for somebody who has lost theirs. */
export const ResetPasswordInput = body({ email: text({ max: 254 }), password: password(), revokeTokens: bool().optional() });
export type ResetPasswordInput = z.output<typeof ResetPasswordInput>;

/** Query of the list of the caller's own sessions. */
export const ListSessionsInput = z.object(pageParams);
