ALTER TABLE "organizations" ADD COLUMN "members_create_tokens" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "parent_id" bigint;--> statement-breakpoint
CREATE INDEX "tokens_parent" ON "tokens" USING btree ("parent_id");--> statement-breakpoint
-- Until now every address counted as verified, also one that was only typed by an inviter.
UPDATE "user_emails" SET "is_verified" = false WHERE NOT EXISTS (SELECT 1 FROM "identities" WHERE "identities"."user_id" = "user_emails"."user_id");
