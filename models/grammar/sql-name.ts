/** Writes table and column names as SQL wants them. */

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Words that cannot stand as bare names in at least one of the dialects. */
const reservedWords = new Set(
  `all analyse analyze and any array as asc asymmetric between both by case cast check collate column
  constraint create cross current_date current_time current_timestamp default deferrable desc describe
  distinct do else end except exists false fetch filter for foreign from full glob grant group having ilike in
  index inner intersect into is isnull join key lambda lateral leading left like limit lock match natural not
  notnull null offset on only or order outer over partition pivot placing primary qualify references regexp
  returning right row rows select semi set show similar some summarize symmetric table tables then to trailing
  true union unique unpivot update user using values when where window with`.split(/\s+/),
)

/** The name itself when it can stand bare, else in double quotes. */
export function sqlName(name: string): string {
  const bare = plainName.test(name) && !reservedWords.has(name.toLowerCase())
  return bare ? name : `"${name.replaceAll('"', '""')}"`
}

/** `table.column`, each part quoted when needed. */
export function sqlColumn(table: string, column: string): string {
  return `${sqlName(table)}.${sqlName(column)}`
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
