export const title = "Knows nothing of extractors: no schema rebuilds it.";
