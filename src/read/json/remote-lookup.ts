/** Name of the lockfile, at the project root: what remote schemas held when they were first fetched. */
export const remoteLockFile = "schemacast.remote.lock.json";

/** A remote schema that was allowed, but is not to be had. */
export interface RemoteRefusal {
  readonly kind: "refused";
  /** Completes "The remote schema … cannot be used: ". */
  readonly problem: string;
  readonly advice: string;
}

export type RemoteAnswer = { readonly kind: "text"; readonly text: string } | RemoteRefusal;

/** What was fetched beforehand for a URI without a fragment; undefined where its origin is not allowed. */
export type RemoteLookup = (uri: string) => RemoteAnswer | undefined;
