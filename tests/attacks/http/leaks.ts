/** What no answer may hold: a place in a stack, a path of a machine, SQL, or the names of what we are made of. */
export const leaks =
  /node_modules|\bat \S+ \(|[\w-]+\.[jt]s:\d+|(?:^|[\s"'(])\/(?:home|tmp|usr|var|etc|root|work)\/|SELECT .* FROM|sqlite|duckdb_|Express|zod/i
