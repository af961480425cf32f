/** What the panel of the generators says, in English. */

export const generatorsPanelEn = {
  used: 'Questions are answered by',
  states: { ready: 'Ready', loading: 'On its way', missing: 'Not available', off: 'Not set up' },
  places: { machine: 'Its model runs on this machine.', remote: 'Its model runs elsewhere.' },
  told: {
    values: 'It may be told stored values.',
    'schema-only': 'It is told names and types, no stored values.',
  },
  usedToday: (tokens: string) => `${tokens} tokens used today.`,
  compareHeading: 'Compare two on one question',
  compareMeans:
    'Both answer at the same time, so each may take longer than alone. Nothing of it is kept among the conversations.',
  tooFew: 'Two generators that are ready are needed for this.',
  question: 'Question',
  sides: ['First', 'Second'] as [string, string],
  compare: 'Compare',
  stop: 'Stop',
  sqlOf: (name: string) => `SQL: ${name}`,
  rowsOf: (name: string) => `Result rows: ${name}`,
  differs: 'Marked lines are not in the other SQL.',
  keep: 'Keep this one',
  keepThis: (name: string) => `Keep this one: ${name}`,
  kept: 'Approved: this SQL answers the question from now on.',
  forbidden: 'This key may ask but not approve. A key with the scope “curate” may.',
  verdicts: {
    neither: 'Neither gave a result.',
    onlyOne: (name: string) => `Only ${name} gave a result.`,
    equal: 'Both give the same result.',
    reordered: 'Both give the same rows, in another order.',
    columns: (left: string, right: string) =>
      `The results differ: the first has ${left} columns, the second ${right}.`,
    rows: (first: string, ours: string, second: string, theirs: string) =>
      `The results differ: ${ours} rows are only from ${first}, ${theirs} only from ${second}.`,
    partly: 'Only the rows that are shown were compared.',
  },
}

export type GeneratorsWords = typeof generatorsPanelEn
