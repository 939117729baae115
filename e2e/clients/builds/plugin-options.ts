/** The plugin options used in these tests. All versions of all plugins support them; 2.x supports only one project. */
export type PluginOptions = {
  readonly org: string;
  readonly project: string | string[];
  readonly authToken: string;
  readonly url: string;
  readonly telemetry: boolean;
  readonly release: {
    readonly name: string;
    readonly dist?: string;
    readonly setCommits?: { readonly auto: true };
    readonly deploy?: { readonly env: string; readonly name?: string; readonly url?: string };
    readonly uploadLegacySourcemaps?: { readonly paths: string[]; readonly urlPrefix: string };
  };
  readonly sourcemaps?: { readonly disable: boolean };
};
