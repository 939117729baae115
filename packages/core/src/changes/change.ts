/**
 * That something was changed: in which organization, and what kind of thing ("release", "commits", "deploy", "project" …). It names
 * nothing, so that nobody learns of what they cannot see: whoever hears of it reads again, by their own rights.
 */
export type OrganizationEvent = { readonly organizationId: number; readonly kind: string };
