CREATE TABLE "database_identity" (
	"id" bigint NOT NULL,
	"identity" text COLLATE "C" NOT NULL,
	"generation" bigint DEFAULT 0 NOT NULL,
	"date_created" timestamp (3) with time zone NOT NULL,
	"date_bound" timestamp (3) with time zone,
	"date_restored" timestamp (3) with time zone,
	"last_sweep" json,
	CONSTRAINT "database_identity_id_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "quarantined_blobs" (
	"name" text COLLATE "C" NOT NULL,
	"size" bigint NOT NULL,
	"date_quarantined" timestamp (3) with time zone NOT NULL,
	"date_due" timestamp (3) with time zone,
	CONSTRAINT "quarantined_blobs_name_pk" PRIMARY KEY("name")
);
--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "is_chunk" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "blobs" ADD COLUMN "date_damaged" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "quarantined_blobs_due" ON "quarantined_blobs" USING btree ("date_due");