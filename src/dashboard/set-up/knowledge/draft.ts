/** What stands in the fields of a form, by their names. */

export type Draft = Readonly<Record<string, string>>
