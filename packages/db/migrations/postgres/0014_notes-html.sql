ALTER TABLE "release_notes" ADD COLUMN "html" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "release_notes" ADD COLUMN "excerpt_html" text COLLATE "C";