/** English words too common to be taken for a stored value on sight. */

/** Words of grammar: a value only when quoted, or when written with its capitals (`IN`, `OR`). */
export const functionWords: ReadonlySet<string> = wordSet(`
  a about after all also an and any are as at be been before being between both but by can could did
  do does during each either every few for from had has have he her here him his how i if in into is
  it its just let many may me might more most much must my neither no nor not of off on once only or
  our out over own per she should so some such than that the their them then there these they this
  those through to too under until up us very was we were what when where whether which while who
  whose why will with within without would you your`)

/** Words of questions about data: a value only when quoted or written exactly as stored. */
export const questionWords: ReadonlySet<string> = wordSet(`
  above amount average below best biggest bottom breakdown change chart compare comparison compared
  count current date day days difference different distinct distribution earliest find first give
  graph greatest group grouped growth high higher highest items largest last latest least less list
  low lower lowest maximum mean median minimum month monthly months name named names newest next none
  number numbers oldest order ordered other others overall percent percentage plot previous quarter
  rank rate ratio records recent result results rows share show smallest sort sorted sum table tell
  than this time today top total totals trend type types unknown value values versus vs week weeks
  worst year yearly years yesterday`)

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}
