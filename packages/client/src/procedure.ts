/** A procedure that only reads. */
export interface Query<In, Out> {
  readonly type: "query";
  readonly input: In;
  readonly output: Out;
}

/** A procedure that writes. */
export interface Mutation<In, Out> {
  readonly type: "mutation";
  readonly input: In;
  readonly output: Out;
}

/** The cursor of the previous or next page, and whether that page has results. */
export interface PageLink {
  readonly cursor: string;
  readonly hasResults: boolean;
}
