CREATE TABLE "organization_aliases" (
	"slug" text COLLATE "C" PRIMARY KEY NOT NULL,
	"organization_id" bigint NOT NULL,
	"date_created" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_aliases" (
	"organization_id" bigint NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"project_id" bigint NOT NULL,
	"date_created" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "project_aliases_organization_id_slug_pk" PRIMARY KEY("organization_id","slug")
);
--> statement-breakpoint
ALTER TABLE "organization_aliases" ADD CONSTRAINT "organization_aliases_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_aliases" ADD CONSTRAINT "project_aliases_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_aliases" ADD CONSTRAINT "project_aliases_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;