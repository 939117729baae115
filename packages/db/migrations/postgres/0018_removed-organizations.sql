ALTER TABLE "organizations" ADD COLUMN "date_sampled" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "date_removed" timestamp (3) with time zone;