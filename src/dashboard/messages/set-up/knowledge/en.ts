/** What the panel of documents, terms and approved SQL says, in English. */

export const knowledgePanelEn = {
  kinds: 'Kinds of knowledge',
  names: { documents: 'Documents', terms: 'Terms', pairs: 'Approved SQL' },
  purposes: {
    documents:
      'Texts about the data, such as how a figure is worked out. They help to find the tables that they name.',
    terms: 'Words of the business, and what each stands for: understood in questions from then on.',
    pairs: 'SQL that answers its question whenever it is asked, before anything else does.',
  },
  search: {
    documents: 'Search documents',
    terms: 'Search terms',
    pairs: 'Search questions and SQL',
  },
  add: { documents: 'Add a document', terms: 'Add a term', pairs: 'Add a question' },
  none: {
    documents: 'No documents yet.',
    terms: 'No terms yet. Does the business say “net revenue” where the data has a column? Add it.',
    pairs: 'Nothing approved yet. Approve the SQL of an answer, or write it here.',
  },
  noneFound: 'Nothing has these words.',
  reading: 'Reading …',
  more: 'Show more',
  edit: (title: string) => `Edit “${title}”`,
  editShort: 'Edit',
  editing: (title: string) => `Change “${title}”`,
  remove: (title: string) => `Delete “${title}”`,
  removeShort: 'Delete',
  removeHeading: {
    documents: 'Delete this document?',
    terms: 'Delete this term?',
    pairs: 'Delete this approved SQL?',
  },
  removeWarning: (title: string) =>
    `“${title}” is not used for answers any more. This cannot be taken back.`,
  cancel: 'Cancel',
  save: 'Save',
  by: (key: string) => `by key ${key}`,
  own: 'for you alone',
  also: (synonyms: string) => `Also: ${synonyms}`,
  sqlOf: (question: string) => `SQL: ${question}`,
  forbidden: 'This key may ask but not change knowledge. A key with the scope “curate” may.',
  meanings: {
    expression: 'a calculation',
    column: 'a column',
    value: 'a value in a column',
  },
  fields: {
    title: 'Title',
    text: 'Text',
    textHint: 'Name the tables and columns that it is about.',
    term: 'Term',
    synonyms: 'Further words for the same',
    synonymsHint: 'With commas between them; may stay empty.',
    table: 'Table',
    meaning: 'It stands for',
    column: 'Column',
    value: 'Value',
    expression: 'Calculation',
    expressionHint: 'SQL over columns of the table, such as sum(amount).',
    question: 'Question',
    questionHint: 'Equal questions are answered by the SQL below, however they are typed.',
    sql: 'SQL',
    sqlHint: 'One SELECT. It is checked on the data before it is kept.',
    shared: 'For everybody',
  },
  export: 'Save as a file',
  import: 'Take in a file',
  drop: 'or drop one here',
  saved: (name: string) => `Saved ${name}.`,
  tooLarge: 'The file is larger than 10 MB.',
  taken: (name: string, counts: string) => `Taken in from ${name}: ${counts}.`,
  nothingTaken: (name: string) => `There is nothing in ${name} to take in.`,
  counts: {
    docs: (count: string, isOne: boolean) => `${count} ${isOne ? 'document' : 'documents'}`,
    terms: (count: string, isOne: boolean) => `${count} ${isOne ? 'term' : 'terms'}`,
    sqlPairs: (count: string, isOne: boolean) =>
      `${count} approved ${isOne ? 'question' : 'questions'}`,
    descriptions: (count: string, isOne: boolean) =>
      `${count} ${isOne ? 'description' : 'descriptions'}`,
  },
}

export type KnowledgeWords = typeof knowledgePanelEn
